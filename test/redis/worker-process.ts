import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compiled } from '../support/programs.js';
import type { News, SentCopy, WorkerOptions } from './worker.js';

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

export async function startWorker(options: WorkerOptions): Promise<WorkerProcess> {
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
    child.on('message', (news: News) => {
      if (news.news === kind) resolve(news as Extract<News, { news: Kind }>);
    });
  });
}
