import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, memoryDedupe } from '../../../src/receiver/index.js';
import { toNodeListener } from '../../../src/receiver/node.js';
import { delivery, eventDelivery, eventText, otherSecret, type Sent, secret } from '../../support/receiver-delivery.js';
import { close, head, open } from '../../support/receiver-server.js';

/** What a sender does, and the answer it waits for; without one it hangs up. */
interface Act {
  readonly bytes: string;
  readonly status?: number;
}

function act(
  { body, ...sent }: Sent,
  status?: number,
  more: readonly string[] = [`content-length: ${body.length}`],
): Act {
  return { bytes: head(sent, more) + body, ...(status !== undefined && { status }) };
}

async function acts(): Promise<Act[]> {
  const signed = await delivery();
  const { body } = signed;
  return [
    act(await eventDelivery({ event_id: 'another' }), 200),
    act(signed, 200),
    act(signed, 200, ['transfer-encoding: chunked', 'x-then: a']),
    act(await eventDelivery({ event_id: 'fails', event_fqn: 'CONVERSATION_CLOSED' }), 500),
    act(await delivery('[]'), 400),
    act({ body, headers: {} }, 400),
    act({ ...signed, method: 'PUT' }, 405),
    act(await delivery(eventText(), { secret: otherSecret }), 401),
    act(signed, 413, ['content-length: 2000000']),
    act({ ...signed, body: 'x'.repeat(1_100_000) }, 413),
    act({ ...signed, body: '' }, undefined, ['content-length: 10']),
    act({ ...signed, body: body.slice(0, 9) }, undefined, ['content-length: 10']),
    { bytes: 'rubbish\r\n\r\n', status: 400 },
    { bytes: head(signed).slice(0, 30) },
  ].map((one) => (one.bytes.includes('chunked') ? { ...one, bytes: inChunks(one.bytes) } : one));
}

/** Frames the body behind a head as one chunk. */
function inChunks(bytes: string): string {
  const [before = '', body = ''] = bytes.split('\r\n\r\n', 2);
  return `${before}\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

/** All but timers, of which the test runner has some; those of the receiver are counted by the fake clock. */
const openHandles = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => !['Timeout', 'Immediate'].includes(name))
    .sort();

it('1,000 mixed requests leave no open handle, no timer and no rejection behind', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const before = openHandles();

  const receiver = createReceiver({ secret, dedupe: memoryDedupe() });
  receiver.onError(() => {});
  receiver.on('ConversationClosed', () => Promise.reject(new Error('on purpose')));
  const server = createServer(toNodeListener(receiver));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const all = await acts();
  const answered = new Map<number | undefined, number>();

  const sender = async (first: number) => {
    for (let index = first; index < 1_000; index += 20) {
      const { bytes, status } = all[index % all.length] ?? expect.fail('no act');
      const { socket, until, closed } = await open(port);
      await new Promise((resolve) => socket.write(bytes, resolve));
      if (status) await until(new RegExp(`^HTTP/1.1 ${status} `));
      answered.set(status, (answered.get(status) ?? 0) + 1);
      socket.destroy();
      await closed;
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => sender(index)));
  await receiver.idle();
  await close(server);
  // Sockets are closed in the phase after the one in which they were ended.
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));

  expect([...answered.values()].reduce((sum, count) => sum + count)).toBe(1_000);
  expect(answered.size).toBe(7);
  expect(openHandles()).toEqual(before);
  expect(vi.getTimerCount()).toBe(0);
  expect(unhandled).not.toHaveBeenCalled();
});
