import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { signPayload } from '../../src/receiver/index.js';
import { printAsDixa } from '../../src/shared/dixa-json.js';
import { compiled } from '../support/programs.js';
import type { ClientName } from './clients.js';
import type { News, SentCopy, WorkerOptions } from './worker.js';

const secret = '5c'.repeat(32);

/** A process that runs worker.ts. */
export interface WorkerProcess {
  /** Resolves when its handler is at an event. */
  readonly handling: Promise<unknown>;
  /** Receives duplicates at the same time, and resolves with their outcomes. */
  receive(copies: readonly SentCopy[]): Promise<readonly string[]>;
  finish(): void;
  /** Kills it immediately. */
  kill(): Promise<void>;
}

/** Starts a process for each of these clients, until the test ends. */
export function startWorkers(url: string, clients: readonly ClientName[], leaseMs: number): Promise<WorkerProcess[]> {
  const started = clients.map((client) => startWorker({ client, url, secret, leaseMs }));
  for (const worker of started) onTestFinished(async () => (await worker).kill());
  return Promise.all(started);
}

async function startWorker(options: WorkerOptions): Promise<WorkerProcess> {
  const child = fork(compiled(join(import.meta.dirname, 'worker.ts')), [JSON.stringify(options)]);
  const handling = next(child, 'handling');
  await next(child, 'ready');
  return {
    handling,
    async receive(copies) {
      const outcomes = next(child, 'outcomes');
      child.send({ receive: copies });
      return (await outcomes).outcomes;
    },
    finish: () => void child.send({ finish: true }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The next news of a kind. */
function next<Kind extends News['news']>(child: ChildProcess, kind: Kind): Promise<Extract<News, { news: Kind }>> {
  return new Promise((resolve) => {
    const onMessage = (news: News) => {
      if (news.news !== kind) return;
      child.off('message', onMessage);
      resolve(news as Extract<News, { news: Kind }>);
    };
    child.on('message', onMessage);
  });
}

/** A delivery of the event with this id, signed with the secret of the processes. */
export async function deliveryOf(eventId: string): Promise<SentCopy> {
  const event = { event_id: eventId, event_fqn: 'CONVERSATION_CREATED', data: { conversation: { csid: 1, tags: [] } } };
  const body = printAsDixa(event);
  return { body, headers: { 'x-dixa-signature': await signPayload({ body, secret }) } };
}
