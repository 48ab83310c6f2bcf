import { type ClientRequest, request } from 'node:http';
import { delivery, eventText } from '../../support/receiver-delivery.js';
import type { Notes } from '../programs/worker-requests.js';
import { type Check, type CheckResult, expectEqual, expectTrue, runChecks } from '../suite/check.js';
import { type Faulty, faulty } from '../suite/faulty.js';
import type { Plan } from '../suite/plan.js';

/** Where the clients of a worker send their requests, and what they fetch when they wait before a retry. */
export function placesOf(plan: Plan) {
  return {
    limited: faulty(plan, 'succeed'),
    held: faulty(plan, 'limitedForASecond', 'succeed'),
    heldBegins: faulty(plan, 'succeed'),
    left: faulty(plan, 'limitedForASecond', 'succeed'),
    leftBegins: faulty(plan, 'succeed'),
  } satisfies Record<string, Faulty>;
}

export type WorkerPlaces = ReturnType<typeof placesOf>;
export type WorkerUrls = Readonly<Record<keyof WorkerPlaces, string>>;

export function urlsOf(places: WorkerPlaces): WorkerUrls {
  return Object.fromEntries(Object.entries(places).map(([name, { baseUrl }]) => [name, baseUrl])) as WorkerUrls;
}

/** Checks what the requests of a worker share, with requests that come at the same time. */
export async function runWorkerChecks(url: URL, plan: Plan, places: WorkerPlaces): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  await runChecks([...clientChecks(url, plan, places), ...receiverChecks(url, plan)], (result) => {
    results.push(result);
  });
  return results;
}

/** How many requests come at the same time. */
const CALLS = 12;

function clientChecks(worker: URL, plan: Plan, { held, heldBegins, left, leftBegins }: WorkerPlaces): Check[] {
  const list = async (client: string, query = '') =>
    (await fetch(new URL(`/shared/list/${client}?${query}`, worker))).text();
  const listTogether = (client: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, call) => list(client, `call=${call}`)));
  return [
    {
      name: 'requests that share a client get their replies, in order and at its rate, and so does a later one',
      async run() {
        expectEqual(await listTogether('limited', CALLS), Array(CALLS).fill('done'));
        const { made, sent }: Notes = await (await fetch(new URL('/shared/notes', worker))).json();
        expectEqual(
          sent.map(({ call }) => call),
          made,
        );
        for (const [from, { at: start }] of sent.entries()) {
          for (const [to, { at: end }] of sent.slice(from).entries()) {
            expectTrue(to < 4 + (end - start) / 100, `${to + 1} were sent in ${end - start} ms.`);
          }
        }
        expectEqual(await list('limited'), 'done');
      },
    },
    {
      name: 'a 429 to one request delays the calls of others, and ends none',
      async run() {
        const first = list('held');
        await heldBegins.seen(1);
        expectEqual(await listTogether('held', CALLS), Array(CALLS).fill('done'));
        expectEqual(await first, 'done');
        expectEqual((await held.seen()).length, 1 + CALLS + 1);
      },
    },
    {
      name: 'requests whose senders leave while they wait do not block those behind them',
      async run() {
        const waits = faulty(plan, 'succeed');
        const first = startRequest(new URL('/shared/list/left', worker));
        await leftBegins.seen(1);
        const second = startRequest(new URL(`/shared/list/left?tell=${waits.baseUrl}`, worker));
        await waits.seen(1);
        for (const { socket } of [first, second]) socket?.resetAndDestroy();
        expectEqual(await listTogether('left', CALLS), Array(CALLS).fill('done'));
        expectEqual((await left.seen()).length, 1 + CALLS);
      },
    },
  ];
}

function receiverChecks(worker: URL, plan: Plan): Check[] {
  const url = new URL('/shared/deliver', worker);
  /** A delivery whose handler fetches these URLs, one after another. */
  const deliveryOf = (...urls: string[]) =>
    delivery(eventText({ event_id: crypto.randomUUID(), data: { urls } }), { secret: '5e'.repeat(32) });
  return [
    {
      name: 'idle() of one request waits for the handler of another',
      async run() {
        const [begins, idles] = [faulty(plan, 'succeed'), faulty(plan, 'succeed')];
        const gate = `${plan.faultsUrl}/${crypto.randomUUID()}`;
        const { headers, body } = await deliveryOf(begins.baseUrl, `${gate}?count=1`);
        const reply = fetch(url, { method: 'POST', headers, body: `${body}` });
        await begins.seen(1);
        const idle = fetch(new URL(`/shared/idle?tell=${idles.baseUrl}`, worker));
        await idles.seen(1);
        await fetch(`${gate}/succeed`);
        expectEqual([(await reply).status, await (await idle).text()], [200, 'done']);
      },
    },
    {
      name: 'a copy of an event is handled when the sender of the first has left and its lease has ended',
      async run() {
        const handler = faulty(plan, 'saysNothing', 'succeed');
        const { headers, body } = await deliveryOf(handler.baseUrl);
        const first = startRequest(url, { headers, body: `${body}` });
        await handler.seen(1);
        const copy = fetch(url, { method: 'POST', headers, body: `${body}` });
        first.socket?.resetAndDestroy();
        expectEqual((await copy).status, 200);
        expectEqual((await handler.seen()).length, 2);
      },
    },
  ];
}

/** Starts a request on a connection of its own, which can be reset: `fetch` closes one in a way that a worker outlives. */
function startRequest(url: URL, { headers = {}, body }: { headers?: object; body?: string } = {}): ClientRequest {
  const started = request(url, { method: body ? 'POST' : 'GET', headers: { ...headers }, agent: false });
  started.on('error', () => {}); // It is reset.
  started.end(body);
  return started;
}
