import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { own, segments, valueAt } from '../lib/json-pointer.js';
import { redocly } from '../lib/redocly.js';
import { judge } from './contract-levels.js';
import { type Finding, type Level, levels } from './finding.js';
import { ReleaseError } from './git.js';
import { compareSecurity } from './security.js';

/** A change as `redocly diff` tells of it. */
interface Change {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: Level;
  readonly property?: string;
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  readonly base?: Side;
  readonly revision?: Side;
}

interface Side {
  readonly pointer: string;
  readonly value?: unknown;
}

/** What changed for those who speak with Dixa by the contract. Both are bundled documents, as JSON. */
export async function compareContracts(before: string, now: string, signal?: AbortSignal): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'breaking-'));
  try {
    await writeFile(join(folder, 'before.json'), before);
    await writeFile(join(folder, 'now.json'), now);
    await writeFile(join(folder, 'redocly.yaml'), 'extends: [diff-recommended]\ntelemetry: off\n');
    const args = ['diff', 'before.json', 'now.json', '--format=json', '--fail-on=none'];
    const { code, stdout, stderr } = await redocly(args, folder, signal);
    // That of now has just been linted.
    if (code !== 0) throw new ReleaseError(`redocly diff failed, for the contract of the release:\n${stderr.trim()}`);
    const { changes } = JSON.parse(stdout) as { changes: Change[] };
    const [old, fresh]: unknown[] = [JSON.parse(before), JSON.parse(now)];
    const findings = changes.filter(({ path }) => !security.test(path)).map((change) => toFinding(change, fresh));
    return [...findings, ...compareSecurity(old, fresh)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compared by {@link compareSecurity}. */
const security = /^#(?:\/(?:paths|webhooks)\/[^/]+\/[^/]+)?\/security(?:\/\d+)?$/;

function toFinding(change: Change, now: unknown): Finding {
  const { path, kind, impact, property, verdicts, base, revision } = change;
  // Of what is gone, the revision has no more than the place that it was in.
  const pointer = (revision?.value === undefined ? (base ?? revision) : revision)?.pointer ?? path;
  const use = useOf(path);
  const where = use && !pointer.startsWith(path) ? `${pointer} (${use})` : pointer;
  if (!levels.includes(impact)) throw new Error(`redocly diff knows an impact that this script does not: ${impact}.`);
  if (verdicts.length === 0) {
    const what =
      kind === 'modified' ? `\`${property}\` ${stateOf(base, revision)}` : kind === 'added' ? 'is new' : 'is gone';
    return { level: impact, what, ...judge(path, property, base?.value, revision?.value), where };
  }
  const what = verdicts.map(({ message }) => message).join(' ');
  const gained = verdicts.every(({ ruleId }) => ruleId === 'enum-values-added');
  if (!gained || !isOpenList(path, now)) return { level: impact, where, what };
  return { level: 'minor', where, what: `${what} It stands beside a plain string, so readers expect new values.` };
}

/** What became of a property's value. */
function stateOf(base: Side | undefined, revision: Side | undefined): string {
  if (base?.value === undefined && revision?.value !== undefined) return 'is new';
  return base?.value !== undefined && revision?.value === undefined ? 'is gone' : 'was changed';
}

/** The operation or event that a path of redocly's leads through: where to feel what is changed in a shared part. */
function useOf(path: string): string | undefined {
  const [section, name = '', method = '', part = ''] = segments(path);
  if (section === 'webhooks') return name;
  return section === 'paths' ? `${method.toUpperCase()} ${name} ${part}`.trim() : undefined;
}

/** Whether the schema at a path is one of an `anyOf` that also takes any string. */
function isOpenList(path: string, document: unknown): boolean {
  const steps = segments(path).map(decodeURIComponent);
  if (steps.at(-2) !== 'anyOf') return false;
  const arms = steps.slice(0, -1).reduce<unknown>((node, step) => own(resolve(node, document), step), document);
  return Array.isArray(arms) && arms.some((arm) => arm.type === 'string' && Object.keys(arm).length === 1);
}

function resolve(node: unknown, document: unknown): unknown {
  const ref = own(node, '$ref');
  return typeof ref === 'string' ? resolve(valueAt(document, ref), document) : node;
}
