import { type BenchCase, type SectionName, speedOver } from './bench-result.js';

/** What must hold between two rows of a case. Ratios of medians, because absolute figures differ by machine. */
interface Claim {
  readonly section: SectionName;
  /** The cases it is made for. */
  readonly cases: readonly string[];
  readonly ours: string;
  readonly other: string;
  /** How many times the other's speed ours is at least, or how many times its time ours takes at most. */
  readonly limit: { readonly speed: number } | { readonly time: number };
}

/** A claim, held against what was measured. */
export interface Verdict {
  readonly claim: string;
  readonly measured: number;
  readonly limit: string;
  readonly reached: boolean;
}

const bodies = ['1 kB', '10 kB', '100 kB', '100 kB, not ASCII'];
const verify = {
  section: 'verify',
  ours: 'dixa-webhooks verifySignature',
  other: 'createHmac, the bare minimum',
} as const;
const listener = { section: 'http', cases: ['1 kB', '10 kB'], ours: 'dixa-webhooks toNodeListener' } as const;

const claims: readonly Claim[] = [
  { ...verify, cases: ['1 kB'], limit: { time: 1.6 } },
  { ...verify, cases: ['100 kB', '100 kB, not ASCII'], limit: { time: 1.1 } },
  ...['dixa-webhooks verifySignature, parseEvent', 'dixa-webhooks receive'].flatMap((ours): Claim[] => [
    { section: 'parse', cases: ['1 kB'], ours, other: '@octokit/webhooks verifyAndReceive', limit: { speed: 1 } },
    {
      section: 'parse',
      cases: ['100 kB, not ASCII'],
      ours,
      other: '@octokit/webhooks verifyAndReceive',
      limit: { speed: 1.3 },
    },
    { section: 'parse', cases: bodies, ours, other: 'svix verify', limit: { speed: 2.5 } },
  ]),
  { ...listener, other: 'node:http, hand-written', limit: { speed: 0.9 } },
  { ...listener, other: '@octokit/webhooks createNodeMiddleware', limit: { speed: 1.2 } },
];

/** Holds the claims for a case against it. */
export function judge(result: BenchCase): Verdict[] {
  const made = claims.filter(({ section, cases }) => section === result.section && cases.includes(result.name));
  return made.map(({ ours, other, limit }) => {
    const speed = speedOver(result, ours, other);
    const claim = `${result.name}: ${ours} / ${other}`;
    return 'speed' in limit
      ? { claim, measured: speed, limit: `≥ ${limit.speed} × its speed`, reached: speed >= limit.speed }
      : { claim, measured: 1 / speed, limit: `≤ ${limit.time} × its time`, reached: 1 / speed <= limit.time };
  });
}
