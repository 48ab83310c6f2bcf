import { samplesByTurns } from '../lib/rounds.js';
import { type BodyName, bodyCases, bodyOf } from './bodies.js';
import { type Contender, checked } from './contenders.js';
import { parseContenders } from './parse.js';
import type { BuiltReceiver, ReceiverFiles } from './receivers.js';
import { verifyContenders } from './verify.js';

/** What this program is told in its only argument. */
export interface MemoryTask {
  readonly files: ReceiverFiles;
  readonly sections: readonly string[];
  readonly rounds: number;
  /** How long one contender is measured in one round, in milliseconds. */
  readonly sliceMs: number;
}

/** What it sends for each body. Microseconds of one piece of work, round by round. */
export interface MemoryResult {
  readonly section: string;
  readonly body: BodyName;
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

const { files, sections, rounds, sliceMs }: MemoryTask = JSON.parse(process.argv[2] ?? '');
const node: BuiltReceiver = await import(files.node);
const web: BuiltReceiver = await import(files.web);

const contendersOf: Readonly<Record<string, () => Promise<Contender[]>>> = {
  verify: () => verifyContenders(node, web),
  parse: () => parseContenders(node),
};

for (const section of sections) {
  const contenders = (await contendersOf[section]?.()) ?? [];
  for (const { name: body } of bodyCases) {
    const candidates: Record<string, () => Promise<number>> = {};
    for (const contender of contenders) {
      candidates[contender.name] = await timed(await checked(contender, bodyOf(body)));
    }
    const result: MemoryResult = { section, body, samples: await samplesByTurns(candidates, rounds) };
    process.send?.(result);
  }
}
process.disconnect?.();

/** Measures a piece of work for about `sliceMs`, after it has run often enough to be compiled. */
async function timed(work: () => unknown): Promise<() => Promise<number>> {
  const repeat = async (count: number) => {
    const start = performance.now();
    for (let done = 0; done < count; done += 1) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    return performance.now() - start;
  };
  let count = 1;
  let taken = await repeat(count);
  for (; taken < sliceMs; taken = await repeat(count)) count *= 2;
  const perSlice = Math.max(1, Math.round((count * sliceMs) / taken));
  return async () => ((await repeat(perSlice)) / perSlice) * 1000;
}
