import { createDixaWebhooks } from '../../../src/client/index.js';

// What compiles.
const dixa = createDixaWebhooks();
createDixaWebhooks({ apiKey: undefined, baseUrl: undefined, rateLimit: false, logger: console });
createDixaWebhooks({ rateLimit: { burst: 1 }, fetch: globalThis.fetch, onRetry: ({ reason }) => void reason });
createDixaWebhooks({ fetch: (url, init) => fetch(url, { ...init, cache: 'no-store' }) });
dixa.list({ signal: new AbortController().signal, timeoutMs: 1000, maxRetries: 0, headers: { 'X-A': 'b' } });
dixa.list({ signal: undefined, timeoutMs: undefined });
const { get } = dixa;
get('id');

// An unknown option.
// @ts-expect-error 'timeout' does not exist in type 'DixaWebhooksOptions'
createDixaWebhooks({ timeout: 1000 });
// @ts-expect-error 'retries' does not exist in type 'CallOptions'
dixa.list({ retries: 1 });
// @ts-expect-error Type '"v2"' is not assignable to type
createDixaWebhooks({ apiVersion: 'v2' });
// @ts-expect-error Type 'true' is not assignable to type
createDixaWebhooks({ rateLimit: true });
// @ts-expect-error Type 'number' is not assignable to type 'string'
createDixaWebhooks({ apiKey: 1 });
// @ts-expect-error Type 'number' is not assignable to type 'string'
dixa.list({ headers: { 'X-A': 1 } });
