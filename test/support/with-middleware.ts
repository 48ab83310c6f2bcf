import type { Middleware } from 'openapi-fetch';
import { fakeDixa } from './fake-dixa.js';

/** A client as of `fakeDixa`, with a middleware. */
export function withMiddleware(middleware: Middleware, ...args: Parameters<typeof fakeDixa>) {
  const fake = fakeDixa(...args);
  fake.dixa.raw.use(middleware);
  return fake;
}
