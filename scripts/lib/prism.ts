import { createLogger } from '@stoplight/prism-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';

/** A mock server of an OpenAPI document. */
export interface MockServer {
  /** Its address, without a trailing slash. Paths of the document follow directly: servers' base paths do not count. */
  readonly url: string;
  close(): Promise<void>;
}

interface PrismOptions {
  /** Lets the pages of other origins ask it. */
  readonly cors?: boolean;
  /** The server to forward to: Prism then only judges what passes. */
  readonly upstream?: string;
}

/** Starts Prism in this process on a free port of the loopback interface. */
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
