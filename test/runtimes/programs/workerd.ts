import { createReceiver, type Receiver } from 'dixa-webhooks/receiver';
import type { CheckResult } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';
import type { Server } from '../suite/platform.js';
import { runSuite } from '../suite/suite.js';
import { serveShared } from './worker-requests.js';

interface Platform {
  waitUntil(work: Promise<unknown>): void;
}

/** Whose turn it is to be served. Made here as in a worker of one's own: outside of any request. */
let receiver: Receiver = createReceiver({ secret: '00'.repeat(32) });

/** A worker as the README shows it, that also runs the suite when it is sent a plan, and has more that requests share. */
export default {
  async fetch(request: Request, env: unknown, platform: Platform): Promise<Response> {
    const { origin, pathname } = new URL(request.url);
    if (pathname === '/suite') return Response.json(await suite(await request.json(), origin));
    if (pathname.startsWith('/shared/')) return serveShared(request);
    return receiver.fetch(request, env, platform);
  },
};

async function suite(plan: Plan, origin: string): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const handler: Server = {
    name: 'receiver.fetch as the handler of a worker',
    answersEarly: false,
    async serve(served) {
      receiver = served;
      return { url: origin, close: async () => {} };
    },
  };
  await runSuite(
    plan,
    {
      backEnd: 'WebCrypto',
      tellsRefusal: false,
      repeatsPosts: false,
      isBrowser: false,
      servers: [handler],
    },
    (result) => void results.push(result),
  );
  return results;
}
