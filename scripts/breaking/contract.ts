import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { own, segments, valueAt } from '../lib/json-pointer.js';
import { packageFile, runNode } from '../lib/run-node.js';
import type { Finding, Level } from './finding.js';
import { ReleaseError } from './release.js';

/** A change as `redocly diff` reports it. */
interface Change {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: Level;
  readonly property?: string;
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  readonly base?: { readonly pointer: string; readonly value?: unknown };
  readonly revision?: Change['base'];
}

/** Compares two bundled contracts, given as JSON, for those who send what it takes and read what it returns. */
export async function compareContracts(before: string, now: string): Promise<Finding[]> {
  if (before === now) return [];
  const document: unknown = JSON.parse(now);
  return (await diff(before, now)).map((change) => toFinding(change, document));
}

async function diff(before: string, now: string): Promise<Change[]> {
  const folder = await mkdtemp(join(tmpdir(), 'breaking-'));
  try {
    await writeFile(join(folder, 'before.json'), before);
    await writeFile(join(folder, 'now.json'), now);
    await writeFile(join(folder, 'redocly.yaml'), 'extends: [diff-recommended]\ntelemetry: off\n');
    const args = ['diff', 'before.json', 'now.json', '--format=json', '--fail-on=none'];
    const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const redocly = packageFile('@redocly/cli', 'bin/cli.js');
    const { code, stdout, stderr } = await runNode([redocly, ...args], { cwd: folder, env });
    if (code === 0) return (JSON.parse(stdout) as { changes: Change[] }).changes;
    throw new ReleaseError(`redocly diff failed on the contract of the release:\n${stderr.trim()}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toFinding({ path, kind, impact, property = '', verdicts, base, revision }: Change, now: unknown): Finding {
  // Of what was removed, the revision has only the place it was in.
  const where = (revision?.value === undefined ? (base ?? revision) : revision)?.pointer ?? path;
  if (verdicts.length > 0) {
    const isExpected = verdicts.every(({ ruleId }) => ruleId === 'enum-values-added') && isOpenList(path, now);
    const what = verdicts.map(({ message }) => message).join(' ');
    return { level: isExpected ? 'minor' : impact, where, what };
  }
  const [was, is] = [base?.value, revision?.value];
  const level = rules.find(([place, name]) => place.test(path) && name.test(property))?.[2](was, is);
  // Texts may be long.
  const fromTo = level ? `was ${JSON.stringify(was) ?? 'absent'}, is ${JSON.stringify(is) ?? 'absent'}` : 'was changed';
  const what = { added: 'is new', removed: 'is gone', modified: `\`${property}\` ${fromTo}` }[kind];
  return { level: level ?? impact, where, what };
}

type Rule = readonly [path: RegExp, property: RegExp, judge: (was: unknown, is: unknown) => Level];

const majorIf = (isMajor: boolean): Level => (isMajor ? 'major' : 'minor');
const partOfDelivery = /^#\/webhooks\/[^/]+\/[^/]+\/(?:parameters\/\d+|requestBody)$/;

/** What redocly has no rule for; the first that fits holds. The property '' is the whole node. */
const rules: readonly Rule[] = [
  [/\/security(?:\/\d+)?$/, /^/, () => 'major'],
  [/^#\/servers\/\d+\/variables\/[^/]+$/, /^enum$/, (was, is) => majorIf(Array.isArray(is) && !isSubset(was, is))],
  // Deliveries are read: what they have may become more, and not less.
  [partOfDelivery, /^required$/, (_, is) => majorIf(is !== true)],
  [partOfDelivery, /^$/, (_, is) => majorIf(is === undefined)],
  [/\/requestBody$/, /^required$/, (_, is) => majorIf(is === true)],
  [/^/, /^deprecated$/, (_, is) => (is === true ? 'minor' : 'patch')],
  // A default or a name that was not written down before may have held all along.
  [/^/, /^(?:default|x-event-fqn)$/, (was) => majorIf(was !== undefined)],
  [/^/, /^propertyName$/, () => 'major'],
  [/^/, /^(?:additional|unevaluated)Properties$/, (_, is) => majorIf(is === false)],
  [/^/, /^(?:read|write)Only$/, (_, is) => majorIf(is === true)],
  // Of these redocly reports what breaks, so that the rest is a loosening.
  [
    /^/,
    /^(?:const|enum|format|multipleOf|pattern|required|type|uniqueItems|exclusiveM.+|m(?:ax|in)[A-Zi].+)$/,
    () => 'minor',
  ],
];

/** Whether the schema at a path is one of an `anyOf` that also takes any string: readers then expect new values. */
function isOpenList(path: string, document: unknown): boolean {
  const steps = segments(path).map(decodeURIComponent);
  const resolve = (node: unknown): unknown => {
    const ref = own(node, '$ref');
    return typeof ref === 'string' ? resolve(valueAt(document, ref)) : node;
  };
  const arms = steps.slice(0, -1).reduce<unknown>((node, step) => own(resolve(node), step), document);
  return (
    steps.at(-2) === 'anyOf' && Array.isArray(arms) && arms.some((arm) => isDeepStrictEqual(arm, { type: 'string' }))
  );
}

const isSubset = (some: unknown, all: readonly unknown[]) =>
  Array.isArray(some) && some.every((each) => all.includes(each));
