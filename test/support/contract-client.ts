import { expect, inject, onTestFinished } from 'vitest';
import { createDixaWebhooks, type DixaWebhooks, type DixaWebhooksOptions } from '../../src/client/index.js';

/** One request and how Prism judged it. */
interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly status: number;
  /** What Prism found in the request or in its own reply that the contract does not allow. */
  readonly violations: readonly Violation[];
}

/** One finding of Prism's. */
export interface Violation {
  readonly location: readonly string[];
  readonly message: string;
}

/** A client of Prism, and what it has exchanged so far. */
export interface RecordedClient {
  readonly dixa: DixaWebhooks;
  readonly exchanges: readonly Exchange[];
}

/** A client of Prism whose exchanges must all be without violations when the test ends, and at least one in number. */
export function contractClient(options?: DixaWebhooksOptions): RecordedClient {
  const client = carelessClient(options);
  onTestFinished(() => {
    expect(client.exchanges.length, 'exchanges with Prism').toBeGreaterThan(0);
    expect(client.exchanges.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });
  return client;
}

/** A client of Prism for requests that are meant to break the contract. */
export function carelessClient(options?: DixaWebhooksOptions): RecordedClient {
  const exchanges: Exchange[] = [];
  const dixa = createDixaWebhooks({
    apiKey: 'key-of-the-contract-tests',
    baseUrl: inject('prismUrl'),
    maxRetries: 0,
    rateLimit: false,
    ...options,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
      exchanges.push({
        method: `${init.method}`,
        url,
        body,
        status: response.status,
        violations: violationsOf(response),
      });
      return response;
    },
  });
  return { dixa, exchanges };
}

/** The findings that Prism puts into a header of its reply. */
export function violationsOf(response: Response): Violation[] {
  return JSON.parse(response.headers.get('sl-violations') ?? '[]') as Violation[];
}
