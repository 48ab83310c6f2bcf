import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DixaConfigurationError } from 'dixa-webhooks/receiver';
import { errorSamples } from '../../generated/samples.js';
import { server as dixa } from '../../generated/server.js';
import { isLoopback } from '../shared/loopback.js';
import { TRIGGER_PATH } from '../shared/trigger-path.js';
import { errorResponse, isAuthorized, unauthorized } from './api.js';
import { checkOptions } from './options.js';
import { createSandbox } from './sandbox.js';
import type { Sandbox, SandboxServer, SandboxServerOptions } from './types.js';

/** The largest request body, in bytes. */
const MAX_BODY_BYTES = 1_048_576;

/**
 * Starts a sandbox on a port of 127.0.0.1, for use by other processes. See {@link createSandbox} for what it does and
 * what it assumes. Every request needs the API key.
 *
 * `POST /-/trigger` calls `trigger`. The request body is `{ type, overrides?, copies?, delayMs?, retries? }`, the
 * response body `{ data }`. The path has no version: use `new URL('/-/trigger', sandbox.url)`.
 * @throws DixaConfigurationError if an option is invalid, or the port cannot be used
 * @example
 * const sandbox = await startSandbox()
 * const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, baseUrl: sandbox.url })
 * await sandbox.close()
 */
export async function startSandbox(options: SandboxServerOptions = {}): Promise<SandboxServer> {
  checkOptions(options, { port: true, apiKey: true, subscriptions: true, deliver: true });
  const { port = 0, ...sandboxOptions } = options;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new DixaConfigurationError('port must be a whole number from 0 to 65535.');
  }
  const sandbox = createSandbox(sandboxOptions);
  const { createServer } = await import('node:http');
  const server = createServer(async (incoming, outgoing) => {
    const request = await requestOf(incoming);
    const response = request instanceof Response ? request : await respond(sandbox, request).catch(failed);
    // The rest of a body that is too large is never read.
    if (!incoming.complete) outgoing.setHeader('connection', 'close');
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  await new Promise<void>((resolve, reject) => {
    const refuse = ({ code, message }: NodeJS.ErrnoException) => {
      const why =
        code === 'EADDRINUSE' ? 'is in use: stop the other process, or choose another port' : `fails: ${message}`;
      reject(new DixaConfigurationError(`port ${port} ${why}.`));
    };
    server.once('error', refuse).listen(port, '127.0.0.1', () => resolve());
  });
  const { pathname } = new URL(dixa.url.replace('{apiVersion}', dixa.defaultApiVersion));
  return {
    ...sandbox,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A bug in the sandbox must not end the process. */
function failed(error: Error): Response {
  console.error(`dixa-webhooks: the sandbox failed: ${error.message}`);
  return errorResponse(errorSamples.internalServerError);
}

async function respond(sandbox: Sandbox, request: Request): Promise<Response> {
  const { pathname, hostname } = new URL(request.url);
  // Otherwise a web page whose host name resolves to 127.0.0.1 could send requests.
  if (!isLoopback(hostname))
    return errorResponse({ status: 403, message: 'The Host header must name a loopback address.' });
  if (request.method !== 'POST' || pathname !== TRIGGER_PATH) return sandbox.fetch(request);
  if (!isAuthorized(request, sandbox.apiKey)) return unauthorized();
  try {
    const names = { type: true, overrides: true, copies: true, delayMs: true, retries: true } as const;
    const { type, overrides, ...options } = checkOptions(await request.json(), names);
    return Response.json({ data: await sandbox.trigger(type, overrides, options) });
  } catch (error) {
    if (error instanceof SyntaxError) return errorResponse(errorSamples.decodingFailure, 'the body is not JSON');
    if (error instanceof DixaConfigurationError) return errorResponse(errorSamples.decodingFailure, error.message);
    throw error;
  }
}

/** Converts a Node request to a `Request`, or to the error response if it is invalid. */
async function requestOf(incoming: IncomingMessage): Promise<Request | Response> {
  const { method = '', headers, url } = incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES)
        return errorResponse({ status: 413, message: `The body is larger than ${MAX_BODY_BYTES} bytes.` });
      chunks.push(chunk);
    }
    return new Request(`http://${headers.host}${url}`, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, `${value}`] as [string, string]),
      ...(size > 0 && { body: Buffer.concat(chunks) }),
    });
  } catch {
    // The connection was lost, or `Request` does not accept the method, host or path.
    return errorResponse(errorSamples.invalidValue);
  }
}
