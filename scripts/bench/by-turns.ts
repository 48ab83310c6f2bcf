import { bodyCases, bodyOf } from './bodies.js';
import type { BuiltFiles, BuiltReceiver } from './built.js';
import { type Contender, checkedWorks, type Works } from './contenders.js';
import { parseContenders } from './parse.js';
import { samplesByTurns } from './rounds.js';
import { type Cost, timed } from './timed.js';
import { verifyContenders } from './verify.js';

/** What this program is told in its only argument. */
export interface TurnsTask {
  readonly files: BuiltFiles;
  readonly section: string;
  readonly rounds: number;
  /** How long one contender is measured in one round, in milliseconds. */
  readonly sliceMs: number;
  /** How long each runs before that. */
  readonly warmUpMs: number;
}

/** What it sends for each case: what each contender cost, round by round. */
export interface TurnsResult {
  readonly name: string;
  readonly samples: Readonly<Record<string, readonly Cost[]>>;
}

const { files, section, rounds, sliceMs, warmUpMs }: TurnsTask = JSON.parse(process.argv[2] ?? '');
const node: BuiltReceiver = await import(files.node);
const web: BuiltReceiver = await import(files.web);

/** What is done in each section, by the names of its cases. */
const casesOf: Readonly<Record<string, () => Promise<Readonly<Record<string, Works>>>>> = {
  verify: async () => ofBodies(await verifyContenders(node, web)),
  parse: async () => ofBodies(await parseContenders(node, web)),
};

for (const [name, works] of Object.entries((await casesOf[section]?.()) ?? {})) {
  const candidates: Record<string, () => Promise<Cost>> = {};
  for (const [contender, work] of Object.entries(works)) candidates[contender] = await timed(work, sliceMs, warmUpMs);
  const result: TurnsResult = { name, samples: await samplesByTurns(candidates, rounds) };
  process.send?.(result);
}
process.disconnect?.();

async function ofBodies(contenders: readonly Contender[]): Promise<Readonly<Record<string, Works>>> {
  const cases: Record<string, Works> = {};
  for (const { name } of bodyCases) cases[name] = await checkedWorks(contenders, bodyOf(name));
  return cases;
}
