import { child, isObject, own, ownObject } from '../lib/json-pointer.js';
import type { Finding } from './finding.js';

/** What a caller may show: one of these, each all that it names. */
type Requirements = readonly (readonly string[])[];

/**
 * What changed of what a caller has to show. redocly compares the lists one by one; here it counts whether what was enough still is, for
 * the whole document and for each operation that has requirements of its own.
 */
export function* compareSecurity(before: unknown, now: unknown): Generator<Finding> {
  const [general, generalNow] = [requirementsOf(before), requirementsOf(now)];
  yield* compareRequirements('#/security', general ?? nothing, generalNow ?? nothing);
  const operations = operationsOf(now);
  for (const [pointer, operation] of operationsOf(before)) {
    const [old, fresh] = [requirementsOf(operation), requirementsOf(operations.get(pointer))];
    if (!operations.has(pointer) || (!old && !fresh)) continue;
    const where = child(pointer, 'security');
    yield* compareRequirements(where, old ?? general ?? nothing, fresh ?? generalNow ?? nothing);
  }
}

const nothing: Requirements = [[]];

function* compareRequirements(where: string, old: Requirements, fresh: Requirements): Generator<Finding> {
  const [was, is] = [textOf(old), textOf(fresh)];
  if (was === is) return;
  const suffices = old.every((shown) => fresh.some((asked) => asked.every((each) => shown.includes(each))));
  const what = `was ${was}, is ${is}`;
  yield suffices
    ? { level: 'minor', where, what }
    : { level: 'major', where, what: `${what}: what was enough may be refused` };
}

const textOf = (requirements: Requirements) =>
  requirements
    .map((each) => each.join(' and ') || 'nothing')
    .sort()
    .join(' or ');

/** The requirements that a document or an operation states; an empty list asks for nothing. */
function requirementsOf(node: unknown): Requirements | undefined {
  const security = own(node, 'security');
  if (!Array.isArray(security)) return undefined;
  if (security.length === 0) return nothing;
  return security.map((requirement) =>
    Object.entries(requirement as Record<string, string[]>)
      .flatMap(([scheme, scopes]) => [scheme, ...scopes.map((scope) => `${scheme}:${scope}`)])
      .sort(),
  );
}

function operationsOf(document: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const section of ['paths', 'webhooks']) {
    for (const [path, item] of Object.entries(ownObject(document, section))) {
      for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
        if (isObject(operation)) found.set(child('#', section, path, method), operation);
      }
    }
  }
  return found;
}
