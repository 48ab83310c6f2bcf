import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { fetchByHand, listenerByHand } from '../../../../scripts/bench/by-hand.js';
import { bodyOf, forged, secret, signed } from '../../../../scripts/bench/deliveries.js';

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

it('the hand-written receiver checks what ours checks', async () => {
  const server = createServer(listenerByHand(secret));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const body = bodyOf('1 kB');
  const stale = signed(body, Date.now() - 600_000);
  const receive = fetchByHand(secret);
  for (const send of [fetch, (input: string, init: RequestInit) => receive(new Request(input, init))]) {
    const statusOf = async (init: RequestInit) => (await send(url, { method: 'POST', ...init })).status;
    expect(await statusOf({ body: `${body}`, headers: signed(body) })).toBe(200);
    expect(await statusOf({ body: `${forged(body)}`, headers: signed(body) })).toBe(401);
    expect(await statusOf({ body: `${body}`, headers: stale })).toBe(401);
    expect(await statusOf({ body: `${body}` })).toBe(400);
    expect(await statusOf({ method: 'GET' })).toBe(405);
  }
});
