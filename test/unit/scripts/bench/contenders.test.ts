import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fetchByHand, listenerByHand } from '../../../../scripts/bench/by-hand.js';
import { bodyOf, forged, secret, sign } from '../../../../scripts/bench/deliveries.js';
import { installedSize } from '../../../../scripts/bench/sizes.js';

it.each([1, 10, 100])(
  'a body of %i kB is an event of about that size, and another one once it is forged',
  (kilobytes) => {
    const body = bodyOf(`${kilobytes} kB`);
    expect(Math.abs(body.length - kilobytes * 1024)).toBeLessThan(200);
    const { event_id: id, ...rest } = JSON.parse(body.toString());
    const { event_id: otherId, ...others } = JSON.parse(forged(body).toString());
    expect(otherId).not.toBe(id);
    expect(others).toEqual(rest);
  },
);

it('a receiver by hand checks what ours checks', async () => {
  const server = createServer(listenerByHand(secret));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const body = bodyOf('1 kB');
  const stale = sign.dixa(body, Date.now() - 600_000);
  const receive = fetchByHand(secret);
  for (const send of [fetch, (input: string, init: RequestInit) => receive(new Request(input, init))]) {
    const statusOf = async (init: RequestInit) => (await send(url, { method: 'POST', ...init })).status;
    expect(await statusOf({ body: `${body}`, headers: sign.dixa(body) })).toBe(200);
    expect(await statusOf({ body: `${forged(body)}`, headers: sign.dixa(body) })).toBe(401);
    expect(await statusOf({ body: `${body}`, headers: stale })).toBe(401);
    expect(await statusOf({ body: `${body}` })).toBe(400);
    expect(await statusOf({ method: 'GET' })).toBe(405);
  }
});

it('an installed package counts with all that it needs, each once, and of two versions the one that is found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'installed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const install = async (path: string, bytes: number, ...needs: string[]) => {
    const file = join(folder, 'node_modules', path, 'package.json');
    await mkdir(dirname(file), { recursive: true });
    const dependencies = Object.fromEntries(needs.map((name) => [name, '1']));
    await writeFile(file, JSON.stringify({ dependencies }).padEnd(bytes));
  };
  await install('a', 1_024, 'b', '@scope/c');
  await install('a/node_modules/b', 2_048, '@scope/c');
  await install('b', 65_536);
  await install('@scope/c', 4_096, 'a');
  expect(installedSize('a', folder)).toBe(7);
  expect(() => installedSize('absent', folder)).toThrow('absent is not installed.');
});
