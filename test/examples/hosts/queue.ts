// Runs the example of a queue behind node:http, with a queue of one place.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

interface Module {
  accept(body: Uint8Array, headers: Headers, enqueue: (delivery: unknown) => Promise<void>): Promise<number>;
  work(delivery: unknown): Promise<void>;
}

const { accept, work }: Module = await import(pathToFileURL(process.argv[2] ?? '').href);

createServer(async (request, reply) => {
  const headers = new Headers(request.headers as Record<string, string>);
  let queued: string | undefined;
  const status = await accept(await buffer(request), headers, async (delivery) => {
    queued = JSON.stringify(delivery);
  });
  reply.writeHead(status).end();
  if (queued) await work(JSON.parse(queued));
}).listen(0);
