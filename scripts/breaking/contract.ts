import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Compares two bundled contracts, given as JSON, for clients: they send requests and read responses. */
export async function compareContracts(before: string, now: string): Promise<Finding[]> {
  if (before === now) return [];
  return (await diff(before, now)).map(toFinding);
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

function toFinding({ path, kind, impact, property = '', verdicts, base, revision }: Change): Finding {
  // For removed things, the new contract only has the place where they were.
  const where = (revision?.value === undefined ? (base ?? revision) : revision)?.pointer ?? path;
  if (verdicts.length > 0) {
    // In our contract, `anyOf` marks lists that accept any other string, so readers expect new values.
    const isOpenList = /\/anyOf\/\d+$/.test(path);
    const isExpected = isOpenList && verdicts.every(({ ruleId }) => ruleId === 'enum-values-added');
    const what = verdicts.map(({ message }) => message).join(' ');
    return { level: isExpected ? 'minor' : impact, where, what };
  }
  const [was, is] = [base?.value, revision?.value];
  const level = rules.find(([place, name]) => place.test(path) && name.test(property))?.[2](was, is);
  // Texts can be long, so they are not quoted.
  const fromTo = level ? `was ${JSON.stringify(was) ?? 'absent'}, is ${JSON.stringify(is) ?? 'absent'}` : 'was changed';
  const what = { added: 'is new', removed: 'is gone', modified: `\`${property}\` ${fromTo}` }[kind];
  return { level: level ?? impact, where, what };
}

type Rule = readonly [path: RegExp, property: RegExp, judge: (was: unknown, is: unknown) => Level];

const majorIf = (isMajor: boolean): Level => (isMajor ? 'major' : 'minor');
const partOfDelivery = /^#\/webhooks\/[^/]+\/[^/]+\/(?:parameters\/\d+|requestBody)$/;

/** Rules that redocly lacks. The first match applies. The property '' stands for the whole node. */
const rules: readonly Rule[] = [
  [/\/security(?:\/\d+)?$/, /^/, () => 'major'],
  [/^#\/servers\/\d+\/variables\/[^/]+$/, /^enum$/, (was, is) => majorIf(Array.isArray(is) && !isSubset(was, is))],
  // Deliveries are read: they may get more fields, but not fewer.
  [partOfDelivery, /^required$/, (_, is) => majorIf(is !== true)],
  [partOfDelivery, /^$/, (_, is) => majorIf(is === undefined)],
  [/\/requestBody$/, /^required$/, (_, is) => majorIf(is === true)],
  [/^/, /^deprecated$/, (_, is) => (is === true ? 'minor' : 'patch')],
  // A default or name that is new in the contract may have been in effect before.
  [/^/, /^(?:default|x-event-fqn)$/, (was) => majorIf(was !== undefined)],
  [/^/, /^propertyName$/, () => 'major'],
  [/^/, /^(?:additional|unevaluated)Properties$/, (_, is) => majorIf(is === false)],
  [/^/, /^(?:read|write)Only$/, (_, is) => majorIf(is === true)],
  // Redocly reports the breaking changes among these, so the others are minor.
  [/^/, /^(?:const|enum|exclusiveM.+|format|m(?:ax|in|ult)[A-Zi].+|pattern|required|type|uniqueItems)$/, () => 'minor'],
];

const isSubset = (some: unknown, all: readonly unknown[]) =>
  Array.isArray(some) && some.every((each) => all.includes(each));
