import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What arrived at the proxy, as it was on the wire. */
interface ReceivedRequest extends Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'> {
  readonly body: string;
}

export interface RecordingProxy {
  /** Its address, without a trailing slash. */
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
}

/** Starts a server that notes each request and hands it to `upstream`, less `prefix`. It stops when the test ends. */
export async function startRecordingProxy(upstream: string, prefix = ''): Promise<RecordingProxy> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method, url, headers, rawHeaders } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    received.push({ method, url, headers, rawHeaders, body: body.toString() });
    if (!url?.startsWith(`${prefix}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const target = request(upstream + url.slice(prefix.length), { method: `${method}`, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    target.on('error', () => outgoing.destroy());
    target.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
