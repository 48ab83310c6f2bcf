import { createDixaWebhooks, DixaError, type DixaWebhooks, type DixaWebhooksOptions } from 'dixa-webhooks';
import { expectTrue } from './check.js';
import type { Platform } from './platform.js';

export const subscriptionId = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
export const newSubscription = {
  name: 'Archive',
  url: 'https://hooks.example.com/dixa/archive',
  events: ['ConversationClosed'],
} as const;

/** What no error may show. The fault server puts `hidden` into replies that are cut. */
export const apiKey = 'key-of-the-runtime-tests';
export const headerSecret = 'header-of-the-runtime-tests';
const secrets = [apiKey, headerSecret, 'hidden'];

/** A client without its own rate limit. */
export function makeClient({ isBrowser }: Pick<Platform, 'isBrowser'>, options: DixaWebhooksOptions): DixaWebhooks {
  return createDixaWebhooks({ apiKey, rateLimit: false, dangerouslyAllowBrowser: isBrowser, ...options });
}

/** What is known of an error before its class is. */
export type AnyError = Error & Readonly<Record<string, unknown>>;

/** The reason with which a promise rejects. Fails if it resolves, or if the error shows a secret. */
export async function rejectionOf(promise: Promise<unknown>, { inspect }: Platform): Promise<AnyError> {
  const [settled] = await Promise.allSettled([promise]);
  if (settled.status === 'fulfilled') throw new Error('It was to reject, but did not.');
  const shown = everythingShownOf(settled.reason, inspect);
  expectTrue(!secrets.some((secret) => shown.includes(secret)), 'An error shows a secret.');
  return settled.reason;
}

function everythingShownOf(error: unknown, inspect: (value: unknown) => string = String): string {
  const shown = [inspect(error)];
  for (let level = error; level instanceof Error; level = level.cause) {
    shown.push(`${level}`, `${level.stack}`, JSON.stringify(Object.getOwnPropertyDescriptors(level)));
    const { headers } = level as { headers?: unknown };
    if (level instanceof DixaError && headers instanceof Headers) shown.push(JSON.stringify([...headers]));
  }
  return shown.join('\n');
}

/** Repeats without a pause: jitter may be nothing. */
export async function withoutPause<T>(run: () => Promise<T>): Promise<T> {
  const random = Math.random;
  Math.random = () => 0;
  try {
    return await run();
  } finally {
    Math.random = random;
  }
}
