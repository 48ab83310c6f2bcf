import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type BodyName, bodyOf, forged } from './bodies.js';
import { pollIfAsked } from './polling.js';
import { type Scheme, sign } from './schemes.js';

/** What this program is told by each message. */
export interface LoadTask {
  readonly port: number;
  readonly scheme: Scheme;
  readonly body: BodyName;
  readonly connections: number;
  readonly ms: number;
  /** Whether it is to be proved first that a body which was changed is refused. */
  readonly proves: boolean;
}

/** What it answers: how many requests a second got a 2xx, and the milliseconds that each took. */
export type LoadResult = { readonly rate: number; readonly times: readonly number[] } | { readonly problem: string };

process.on('message', async (task: LoadTask) => {
  const result = await load(task).catch((error: Error) => ({ problem: error.message }));
  process.send?.(result satisfies LoadResult);
});
process.once('disconnect', () => process.exit());
pollIfAsked();

/** The connections to each port. They are kept: a turn is too short to open them in. */
const kept = new Map<number, Socket[]>();

/** Keeps so many connections busy for so long, each with one request at a time. Raw sockets: cheaper than any server. */
async function load({ port, scheme, body, connections, ms, proves }: LoadTask): Promise<LoadResult> {
  const genuine = bodyOf(body);
  const headers = sign(scheme, genuine);
  if (proves && !((await statusOf(port, requestOf(headers, forged(genuine)))) >= 400)) {
    throw new Error('It takes what was changed.');
  }
  const request = requestOf(headers, genuine);
  const sockets = await connected(port, connections);
  const times: number[] = [];
  const start = performance.now();
  await Promise.all(sockets.map((socket) => keepBusy(socket, request, start + ms, times)));
  const rate = (times.length / (performance.now() - start)) * 1000;
  return { rate, times };
}

function requestOf(signed: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const headers = {
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': body.length,
    ...signed,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** Sends one request, and tells the status of its reply. */
function statusOf(port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1' }, () => socket.write(request));
    socket.setEncoding('latin1').once('error', reject);
    socket.once('close', () => reject(new Error('The server closed the connection without a reply.')));
    socket.once('data', (reply: string) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? Number.NaN));
    });
  });
}

/** So many connections to a port: those that are kept and still open, and new ones. */
async function connected(port: number, count: number): Promise<readonly Socket[]> {
  const sockets = (kept.get(port) ?? []).filter((socket) => !socket.destroyed);
  while (sockets.length < count) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
    await once(socket, 'connect');
    // A server that has ended closes what is kept.
    sockets.push(socket.on('error', () => {}));
  }
  kept.set(port, sockets);
  return sockets;
}

function keepBusy(socket: Socket, request: Buffer, endsAt: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let reply = '';
    const send = () => {
      sentAt = performance.now();
      socket.write(request);
    };
    const leave = () => socket.off('data', onData).off('error', reject).off('close', onClose);
    const onClose = () => reject(new Error('The server closed the connection.'));
    const onData = (text: string) => {
      reply += text;
      if (!isWhole(reply)) return;
      if (!/^HTTP\/1\.1 2/.test(reply)) {
        leave().destroy();
        return reject(new Error(`The server answered ${reply.slice(0, 80)}`));
      }
      reply = '';
      const now = performance.now();
      times.push(now - sentAt);
      if (now < endsAt) return send();
      leave();
      resolve();
    };
    socket.on('data', onData).once('error', reject).once('close', onClose);
    send();
  });
}

/** Whether a reply has come to its end, by its announced length or its last chunk. */
function isWhole(reply: string): boolean {
  const end = reply.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(reply)?.[1];
  return length === undefined ? reply.endsWith('0\r\n\r\n') : reply.length >= end + 4 + Number(length);
}
