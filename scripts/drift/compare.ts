import { child, ownObject } from '../lib/json-pointer.js';
import type { Comparison } from './compare-limits.js';
import { compareOperations } from './compare-operation.js';
import { entriesOf, type OpenApiDocument } from './document.js';
import { type Finding, FindingCollector, type Side } from './findings.js';
import { type Operation, type Operations, readOperations } from './operations.js';
import { absent } from './says.js';
import { addressesOf } from './service.js';
import { ListComparison } from './vocabularies.js';

export interface Compared {
  readonly findings: readonly Finding[];
  /** The places of the contract that were compared with something: operations, schemas and where they are used. */
  readonly places: ReadonlySet<string>;
}

/** Compares the webhook operations of two documents, and what they reach, by what they mean. */
export function compare(contract: OpenApiDocument, upstream: OpenApiDocument): Compared {
  const findings = new FindingCollector();
  const lists = new ListComparison(contract.root);
  const comparison = {
    contract,
    upstream,
    findings,
    lists,
    compared: new Set(['#/servers', '#/security', '#/paths', '#/webhooks']),
    pairs: new Set<string>(),
  };
  const [ours, theirs] = [readOperations(contract), readOperations(upstream)];
  compareServers(comparison, ours, theirs);
  for (const key of new Set([...ours.byKey.keys(), ...theirs.byKey.keys()])) {
    const [our, their] = [ours.byKey.get(key), theirs.byKey.get(key)];
    if (our && their) compareOperations(comparison, our, their);
    else if (their) findings.thing('operation', their.title, lacks(ours, their), has(upstream, their));
    else if (our) findings.thing('operation', our.title, has(contract, our), lacks(theirs, our));
  }
  compareWebhooks(comparison);
  lists.report(findings);
  return { findings: findings.all(), places: comparison.compared };
}

const has = (document: OpenApiDocument, { spot }: Operation): Side => ({
  pointer: spot.pointer,
  says: [...entriesOf(document, spot, 'responses').keys()].sort().join(' '),
});

const lacks = ({ prefix }: Operations, { path, method }: Operation): Side => ({
  pointer: child('#/paths', `${prefix}${path}`, method),
  says: absent,
});

/** Upstream has a document for each version, so that it lacks one of ours says nothing. */
function compareServers({ contract, upstream, findings }: Comparison, ours: Operations, theirs: Operations): void {
  const known = addressesOf(contract, ours.prefix);
  for (const address of addressesOf(upstream, theirs.prefix)) {
    if (known.includes(address)) continue;
    const pointer = '#/servers';
    findings.thing('server', address, { pointer, says: absent }, { pointer, says: address });
  }
}

/** Dixa describes its events nowhere yet. Once it does, people compare the payloads: ours stand in files of their own. */
function compareWebhooks({ upstream, findings, lists }: Comparison): void {
  const pointer = '#/webhooks';
  const names = Object.keys(ownObject(upstream.root, 'webhooks')).sort();
  if (names.length === 0) return;
  const name = 'that upstream describes itself';
  findings.thing('webhooks', name, { pointer, says: absent }, { pointer, says: names.join(', ') });
  const list = { pointer, values: new Set(names) };
  const known = lists.recognise([list]);
  if (known) lists.add(known.list, [list], pointer);
}
