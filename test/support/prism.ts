import { createLogger } from '@stoplight/prism-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';

/** A mock server of an OpenAPI document. */
export interface MockServer {
  /** The URL, without a trailing slash. Append the document's paths directly: base paths of servers do not apply. */
  readonly url: string;
  close(): Promise<void>;
}

interface PrismOptions {
  /** Allows requests from pages of other origins. */
  readonly cors?: boolean;
  /** The server to forward requests to. Prism then only validates them. */
  readonly upstream?: string;
}

/** Starts Prism in this process, on a free loopback port. */
export async function startPrism(document: string, options: PrismOptions = {}): Promise<MockServer> {
  const { cors = false, upstream } = options;
  const server = createServer(await getHttpOperationsFromSpec(document), {
    components: { logger: createLogger('prism', { level: 'silent' }) },
    cors,
    config: {
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
      ...(upstream ? { isProxy: true, upstream: new URL(upstream) } : { isProxy: false }),
    },
  });
  const url = await server.listen(0, '127.0.0.1');
  return { url, close: () => server.close() };
}
