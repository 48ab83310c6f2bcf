import { forged } from './bodies.js';

/** Ways to do one piece of work, by their names. */
export type Works = Readonly<Record<string, () => unknown>>;

/** One way from the bytes of a signed body to what is made of it. */
export interface Contender {
  readonly name: string;
  /** Signs a body as this one's sender does, and gives the function that is timed. It starts from bytes, as a server does. */
  prepare(body: Buffer): Work;
}

/** Judges the bytes of a body: throws, rejects or says false where the signature does not hold. */
export type Work = (body: Buffer) => unknown;

/** The work for a body, once it is proved that each takes this body and refuses another. */
export async function checkedWorks(contenders: readonly Contender[], body: Buffer): Promise<Works> {
  const works: Record<string, () => unknown> = {};
  for (const contender of contenders) works[contender.name] = await checked(contender, body);
  return works;
}

async function checked({ name, prepare }: Contender, body: Buffer): Promise<() => unknown> {
  const work = prepare(body);
  const changed = forged(body);
  if (!(await holds(work, body))) throw new Error(`${name} refuses what was signed for it.`);
  if (await holds(work, changed)) throw new Error(`${name} takes what was changed.`);
  return () => work(body);
}

async function holds(work: Work, body: Buffer): Promise<boolean> {
  try {
    return (await work(body)) !== false;
  } catch {
    return false;
  }
}
