import {
  type BenchCase,
  columns,
  figureOf,
  noiseOf,
  type SampledColumn,
  type SectionName,
  sectionOf,
  speedOver,
} from './result.js';

/** What must hold in a case: between two rows, as ratios because absolute figures differ by machine, or of one row. */
interface Claim {
  readonly section: SectionName;
  /** The cases it is made for. */
  readonly cases: readonly string[];
  readonly ours: string;
  /** The first of the section where it is absent. */
  readonly column?: SampledColumn;
  readonly limit: Limit;
}

/** How many times another's speed at least, how many times another's time or size at most, or how much at all. */
type Limit =
  | { readonly speed: number; readonly of: string }
  | { readonly times: number; readonly of: string }
  | { readonly most: number; readonly unit: string };

/** A claim, held against what was measured. */
export interface Verdict {
  readonly section: string;
  readonly claim: string;
  /** The case in which it fares worst; what follows is about that one. */
  readonly worst: string;
  readonly measured: number;
  readonly limit: string;
  /** How far it is from the limit: negative, or not a number, where that is not reached. */
  readonly margin: number;
  /** By how much what was measured may be off by chance, as a share of it. */
  readonly noise: number;
}

/** Whether what was to be reached was. A number that is missing reaches nothing; one that chance could move over the limit is undecided. */
export function outcomeOf({ margin, noise }: Verdict): 'reached' | 'too close to call' | 'NOT REACHED' {
  if (Number.isNaN(margin)) return 'NOT REACHED';
  if (Math.abs(margin) < noise) return 'too close to call';
  return margin >= 0 ? 'reached' : 'NOT REACHED';
}

const calls = { cases: ['get (GET)', 'create (POST)'], ours: 'dixa-webhooks' } as const;
const bodies = ['1 kB', '10 kB', '100 kB', '100 kB, Danish', '100 kB, not ASCII'] as const;
const verify = { section: 'verify', ours: 'dixa-webhooks verifySignature' } as const;
const hmac = 'createHmac, the bare minimum';
const octokit = '@octokit/webhooks verifyAndReceive';
/** The server works alone in its process: its CPU time says what a request costs, whatever else the machine does. */
const listener = { section: 'http', cases: ['1 kB', '10 kB'], ours: 'dixa-webhooks toNodeListener' } as const;
const octokitListener = '@octokit/webhooks createNodeMiddleware';
const rate = { section: 'limit', cases: ['all calls asked for at once'], ours: 'dixa-webhooks' } as const;
const dedupe = { section: 'growth', cases: ['memoryDedupe, claim and commit'], ours: '100,000 keys' } as const;

const claims: readonly Claim[] = [
  { ...calls, section: 'client', limit: { times: 1.3, of: 'openapi-fetch' } },
  ...['openapi-fetch with AbortSignal.timeout', 'ky', 'axios'].map(
    (of): Claim => ({ ...calls, section: 'client', limit: { speed: 1, of } }),
  ),
  { ...calls, section: 'client-http', limit: { times: 1.05, of: 'openapi-fetch' } },
  ...['ky', 'axios'].map((of): Claim => ({ ...calls, section: 'client-http', limit: { speed: 1, of } })),
  {
    section: 'scale',
    cases: ['one after another', '10 at once', '100 at once'],
    ours: 'dixa-webhooks',
    column: 'growth',
    // An empty object a call, kept in a list, shows as 75 and more; what garbage collection left behind, as up to 25.
    limit: { most: 40, unit: 'B' },
  },
  { ...rate, column: 'slower', limit: { most: 2, unit: '%' } },
  { ...rate, column: 'excess', limit: { most: 0, unit: 'requests' } },
  { ...rate, column: 'overtaken', limit: { most: 0, unit: 'calls' } },
  { ...verify, cases: ['1 kB'], limit: { times: 1.6, of: hmac } },
  { ...verify, cases: bodies.slice(2), limit: { times: 1.1, of: hmac } },
  ...['dixa-webhooks verifySignature, parseEvent', 'dixa-webhooks receive'].flatMap((ours): Claim[] => [
    // Within noise of octokit's at 1 kB, where node:crypto takes most of the time of both.
    { section: 'parse', cases: ['1 kB'], ours, limit: { speed: 0.97, of: octokit } },
    { section: 'parse', cases: bodies.slice(1), ours, limit: { speed: 1, of: octokit } },
    ...['stripe constructEvent', 'standardwebhooks verify', 'svix verify'].map(
      (of): Claim => ({ section: 'parse', cases: bodies, ours, limit: { speed: 1, of } }),
    ),
  ]),
  ...(['bundle', 'load'] as const).flatMap((column): Claim[] => [
    { section: 'size', cases: ['clients'], ours: 'dixa-webhooks', column, limit: { times: 1, of: 'axios' } },
    ...['stripe', 'svix'].map(
      (of): Claim => ({
        section: 'size',
        cases: ['receivers'],
        ours: 'dixa-webhooks/receiver',
        column,
        limit: { times: 1, of },
      }),
    ),
  ]),
  ...(['rate', 'cpu'] as const).flatMap((column): Claim[] => [
    { ...listener, column, limit: { speed: 0.9, of: 'node:http, hand-written' } },
    { ...listener, column, limit: { speed: 1.2, of: octokitListener } },
  ]),
  { ...dedupe, limit: { times: 1.5, of: '1,000 keys' } },
  { ...dedupe, column: 'perKey', limit: { times: 1.25, of: '1,000 keys' } },
  {
    section: 'growth',
    cases: ['calls that wait for the limiter'],
    ours: '1,000 waiting',
    limit: { times: 1.2, of: '10 waiting' },
  },
  { section: 'pipeline', cases: ['commands'], ours: 'npm run generate:check', limit: { most: 3, unit: 's' } },
];

/**
 * Holds the claims on sections that were measured against what was: each by the case in which it fares worst. A case or
 * a figure that is missing fares worst of all.
 */
export function judge(results: readonly BenchCase[]): Verdict[] {
  return claims.flatMap((claim) => {
    const { section, cases } = claim;
    const measured = results.filter((result) => result.section === section);
    if (measured.length === 0) return [];
    const about = cases.map((name) => measured.find((result) => result.name === name) ?? { section, name, rows: [] });
    const [worst] = about.map((result) => judgeOne(result, claim)).sort((a, b) => marginOf(a) - marginOf(b));
    return worst ? [worst] : [];
  });
}

const marginOf = ({ margin }: Verdict) => (Number.isNaN(margin) ? -Infinity : margin);

function judgeOne(result: BenchCase, { section, ours, column: asked, limit }: Claim): Verdict {
  const { title, columns: measured } = sectionOf(section);
  const column = asked ?? measured[0];
  const rows = 'of' in limit ? `${ours} / ${limit.of}` : ours;
  const about = { section: title, claim: asked ? `${rows}: ${columns[asked].title}` : rows, worst: result.name };
  if ('most' in limit) {
    const value = figureOf(result, ours, column);
    return { ...about, measured: value, limit: `≤ ${limit.most} ${limit.unit}`, margin: limit.most - value, noise: 0 };
  }
  const speed = speedOver(result, ours, limit.of, column);
  const noise = noiseOf(result, ours, limit.of, column);
  return 'speed' in limit
    ? { ...about, measured: speed, limit: `≥ ${limit.speed} × its speed`, margin: speed / limit.speed - 1, noise }
    : { ...about, measured: 1 / speed, limit: `≤ ${limit.times} ×`, margin: limit.times * speed - 1, noise };
}
