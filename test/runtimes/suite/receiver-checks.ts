import {
  createReceiver,
  type DeliveryContext,
  memoryDedupe,
  type Receiver,
  type ReceiverOptions,
  signPayload,
} from 'dixa-webhooks/receiver';
import { printAsDixa } from '../../../src/shared/dixa-json.js';
import { type Check, expectEqual, expectTrue } from './check.js';
import { subscriptionId } from './client.js';
import { type Entrance, entrancesOf, type Reached, type Sent } from './entrances.js';
import { faulty } from './faulty.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

const secret = '5c'.repeat(32);

/** The number of duplicates that arrive at the same time. */
const COPIES = 5;

/** What a receiver makes of deliveries, whichever way they come in. */
export function receiverChecks(plan: Plan, platform: Platform): Check[] {
  return [
    ...entrancesOf(platform).flatMap((entrance, index) => checksOf(entrance, plan, `${10 + index}`.repeat(32))),
    senderIsGone,
  ];
}

/** Each platform has an error of its own for it; here all of them are one. */
const senderIsGone: Check = {
  name: 'receiver.fetch: a body that breaks off is answered 400, and onError is told',
  async run() {
    const receiver = createReceiver({ secret });
    const errors: unknown[] = [];
    receiver.onError((error) => void errors.push((error as { code?: unknown }).code));
    const { headers } = await delivery(printAsDixa(created()));
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    const init = { method: 'POST', headers, body, duplex: 'half' };
    const { status } = await receiver.fetch(new Request('https://example.test/dixa', init));
    expectEqual([status, errors], [400, ['DIXA_PAYLOAD']]);
  },
};

/** `freshSecret`: one that nothing else uses. */
function checksOf({ name: through, answersEarly, open }: Entrance, plan: Plan, freshSecret: string): Check[] {
  /** A check of a receiver that is reached this way. */
  const check = (
    name: string,
    run: (receiver: Receiver, reached: Reached) => Promise<void>,
    options?: Partial<ReceiverOptions>,
  ): Check => ({
    name: `${through}: ${name}`,
    async run() {
      const receiver = createReceiver({ secret, ...options });
      const reached = await open(receiver);
      try {
        await run(receiver, reached);
      } finally {
        await reached.close();
      }
    },
  });

  /** Checks the response to a delivery, and that no handler is called. */
  const refusal = (
    name: string,
    status: number,
    makeSent: () => Sent | Promise<Sent>,
    options?: Partial<ReceiverOptions>,
  ): Check =>
    check(
      name,
      async (receiver, { send }) => {
        let handled = 0;
        receiver.onAny(() => {
          handled += 1;
        });
        expectEqual([await answerTo(send, await makeSent()), handled], [{ status, body: '' }, 0]);
      },
      options,
    );

  /** Those with a response before the whole body has arrived. */
  const earlyRefusals = [
    refusal('a body far over the limit is answered 413', 413, () => delivery('x'.repeat(1.5 * 2 ** 20))),
    refusal('a stream over the limit is answered 413', 413, streamed, { maxBodyBytes: 100 }),
  ];

  return [
    check('a genuine event is handled', async (receiver, { send }) => {
      const seen: [event: unknown, context: Partial<DeliveryContext>][] = [];
      receiver.on('ConversationCreated', (event, { subscriptionId, secretIndex, rawBody }) => {
        expectEqual(new TextDecoder().decode(rawBody), body);
        seen.push([event, { subscriptionId, secretIndex }]);
      });
      const event = created();
      const body = printAsDixa(event);
      expectEqual(await answerTo(send, await delivery(body)), { status: 200, body: '' });
      expectEqual(seen, [
        [
          { ...event, type: 'ConversationCreated' },
          { subscriptionId, secretIndex: 0 },
        ],
      ]);
    }),
    check('an event that is large and not ASCII is handled', async (receiver, { send }) => {
      const text = 'Tak for hjælpen 👍 '.repeat(10_000);
      const event = { ...created(), event_fqn: 'CONVERSATION_MESSAGE_ADDED', data: { text } };
      const seen: unknown[] = [];
      receiver.onAny((event) => void seen.push((event.data as { text?: unknown }).text));
      expectEqual((await send(await delivery(printAsDixa(event)))).status, 200);
      expectTrue(seen[0] === text, 'Its text is another.');
    }),
    check('a body that comes as a stream is handled', async (receiver, { send }) => {
      let handled = 0;
      receiver.onAny(() => {
        handled += 1;
      });
      expectEqual((await send(await streamed())).status, 200);
      expectEqual(handled, 1);
    }),
    refusal('a wrong signature is answered 401', 401, () => delivery(printAsDixa(created()), '5d'.repeat(32))),
    refusal('a body that was changed on its way is answered 401', 401, async () => {
      const sent = await delivery(printAsDixa(created()));
      return { ...sent, body: `${sent.body} ` };
    }),
    refusal('a delivery without a signature is answered 400', 400, () => ({ body: printAsDixa(created()) })),
    refusal('a signed body that is no event is answered 400', 400, () => delivery('1')),
    refusal('a body over the limit is answered 413', 413, () => delivery(printAsDixa(created())), {
      maxBodyBytes: 100,
    }),
    ...(answersEarly ? earlyRefusals : []),
    check('anything but a POST is answered 405', async (_receiver, { send }) => {
      const { status, headers } = await send({ method: 'GET' });
      expectEqual([status, headers.get('allow')], [405, 'POST']);
    }),
    check('a handler that throws is answered 500, without a word of its error', async (receiver, { send }) => {
      const errors: unknown[] = [];
      receiver.onError((error) => void errors.push((error as Error).message));
      receiver.onAny(() => {
        throw new Error('hidden');
      });
      expectEqual(await answerTo(send, await delivery(printAsDixa(created()))), { status: 500, body: '' });
      expectEqual(errors, ['hidden']);
    }),
    check(
      'copies at once are handled once and answered alike, and so is a later one',
      async (receiver, { send }) => {
        let handled = 0;
        receiver.onAny(async () => {
          handled += 1;
          // Something that takes the time of a round trip.
          await faulty(plan, 'succeed').seen();
        });
        const sent = await delivery(printAsDixa(created()));
        const answers = await Promise.all(Array.from({ length: COPIES }, () => answerTo(send, sent)));
        answers.push(await answerTo(send, sent));
        expectEqual([answers.map(({ status }) => status), handled], [Array(COPIES + 1).fill(200), 1]);
      },
      { dedupe: memoryDedupe() },
    ),
    check(
      'deliveries at once are each handled, though none came before under their secret',
      async (receiver, { send }) => {
        const ids = new Set<unknown>();
        receiver.onAny(({ event_id }) => void ids.add(event_id));
        const sent = await Promise.all(
          Array.from({ length: COPIES }, () => delivery(printAsDixa(created()), freshSecret)),
        );
        const answers = await Promise.all(sent.map(send));
        expectEqual([answers.map(({ status }) => status), ids.size], [Array(COPIES).fill(200), COPIES]);
      },
      { secret: freshSecret },
    ),
    check(
      'with acknowledge received, the answer comes first and the handler still ends',
      async (receiver, { send }) => {
        const gate = faulty(plan, 'succeed');
        const done = faulty(plan, 'succeed');
        receiver.onAny(async () => {
          await gate.seen(1);
          await fetch(done.baseUrl);
        });
        expectEqual((await send(await delivery(printAsDixa(created())))).status, 200);
        await fetch(gate.baseUrl);
        expectEqual((await done.seen(1)).length, 1);
      },
      { acknowledge: 'received' },
    ),
  ];
}

/** An event that no other check sends. */
function created() {
  return {
    event_id: crypto.randomUUID(),
    event_fqn: 'CONVERSATION_CREATED',
    event_version: '1',
    event_timestamp: '2026-01-01T00:00:00.000Z',
    organization: { id: '7c1f9a10-aaaa-4bbb-8ccc-ddddeeeeffff', name: 'Example' },
    data: { conversation: { csid: 1, subject: 'Blåbærgrød', assignee: null, tags: [] } },
  };
}

/** What Dixa sends of a body. */
async function delivery(body: string, signedWith = secret) {
  const headers = {
    'Content-Type': 'application/json',
    'X-DIXA-SIGNATURE': await signPayload({ body, secret: signedWith }),
    'X-DIXA-SUBSCRIPTION-ID': subscriptionId,
  };
  return { headers, body } satisfies Sent;
}

/** A genuine delivery that comes in pieces, of a length that is not announced. */
async function streamed(): Promise<Sent> {
  const { headers, body } = await delivery(printAsDixa(created()));
  const bytes = new TextEncoder().encode(body);
  const middle = bytes.length >> 1;
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, middle));
      controller.enqueue(bytes.slice(middle));
      controller.close();
    },
  });
  return { headers, body: stream };
}

async function answerTo(send: Reached['send'], sent: Sent): Promise<{ status: number; body: string }> {
  const reply = await send(sent);
  return { status: reply.status, body: await reply.text() };
}
