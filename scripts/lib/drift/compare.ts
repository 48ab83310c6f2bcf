import { child, own } from '../json-pointer.js';
import { briefMessage, briefProperty } from './brief.js';
import { type Comparison, compareSchemas } from './compare-schema.js';
import { entriesOf, type OpenApiDocument, resolve, type Spot } from './document.js';
import { absent, type Finding, FindingCollector, type Thing } from './findings.js';
import { type Operation, type Operations, type Parameter, readOperations } from './operations.js';
import { describes, schemaSpot } from './schema.js';
import type { Place } from './schema-spots.js';
import { addressesOf, securityOf } from './service.js';
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
    compared: new Set(['#/servers', '#/security', '#/paths']),
    pairs: new Set<string>(),
  };
  const [ours, theirs] = [readOperations(contract), readOperations(upstream)];
  compareServers(comparison, ours, theirs);
  for (const key of new Set([...ours.byKey.keys(), ...theirs.byKey.keys()])) {
    const [our, their] = [ours.byKey.get(key), theirs.byKey.get(key)];
    const standsAt = (prefix: string, { path, spot }: Operation) =>
      child('#/paths', `${prefix}${path}`, spot.pointer.slice(spot.pointer.lastIndexOf('/') + 1));
    if (our && their) compareOperations(comparison, our, their);
    else if (their) {
      const pointer = standsAt(ours.prefix, their);
      findings.thing('operation', their.title, { pointer, says: absent }, operationSide(upstream, their));
    } else if (our) {
      const pointer = standsAt(theirs.prefix, our);
      findings.thing('operation', our.title, operationSide(contract, our), { pointer, says: absent });
    }
  }
  lists.report(findings);
  return { findings: findings.all(), places: comparison.compared };
}

function operationSide(document: OpenApiDocument, { spot }: Operation) {
  return { pointer: spot.pointer, says: [...entriesOf(document, spot, 'responses').keys()].sort().join(' ') };
}

/** Upstream has a document for each version, so that it lacks one of ours says nothing. */
function compareServers({ contract, upstream, findings }: Comparison, ours: Operations, theirs: Operations): void {
  const known = addressesOf(contract, ours.prefix);
  for (const address of addressesOf(upstream, theirs.prefix)) {
    if (known.includes(address)) continue;
    const pointer = '#/servers';
    findings.thing('server', address, { pointer, says: absent }, { pointer, says: address });
  }
}

function compareOperations(comparison: Comparison, ours: Operation, theirs: Operation): void {
  const { findings, contract, upstream } = comparison;
  comparison.compared.add(ours.spot.pointer);
  const { title } = ours;
  findings.changed('security', title, securityOf(contract, ours.spot), securityOf(upstream, theirs.spot));
  compareFlag(findings, 'deprecated', title, ours.spot, theirs.spot);
  compareParameters(comparison, ours, theirs);
  compareRequestBodies(comparison, ours, theirs);
  compareEntries(comparison, 'status', 'responses', title, ours.spot, theirs.spot, (status, our, their) => {
    compareContent(comparison, `${title} ${status}`, our, their);
    compareEntries(
      comparison,
      'header',
      'headers',
      `${title} ${status}`,
      our,
      their,
      (name, ourHeader, theirHeader) => {
        compareFlag(findings, 'required', `header ${name}`, ourHeader, theirHeader);
        compareSchemas(comparison, `header ${name}`, schemaOf(ourHeader), schemaOf(theirHeader));
      },
    );
  });
}

function compareFlag(findings: FindingCollector, key: string, name: string, ours: Spot, theirs: Spot): void {
  const side = ({ node, pointer }: Spot) => ({ pointer: child(pointer, key), says: own(node, key) === true || absent });
  findings.changed(key, name, side(ours), side(theirs));
}

function compareParameters(comparison: Comparison, ours: Operation, theirs: Operation): void {
  const { findings, contract, upstream } = comparison;
  const side = (document: OpenApiDocument, operation: Operation, parameter: Parameter | undefined) => {
    if (!parameter) return { pointer: child(operation.spot.pointer, 'parameters'), says: absent };
    const { spot, title, required } = parameter;
    return { pointer: spot.pointer, says: `${title}, ${briefProperty(document, schemaOf(spot), required)}` };
  };
  for (const key of new Set([...ours.parameters.keys(), ...theirs.parameters.keys()])) {
    const [our, their] = [ours.parameters.get(key), theirs.parameters.get(key)];
    if (!our || !their) {
      const title = `${(our ?? their)?.title} of ${ours.title}`;
      findings.thing('parameter', title, side(contract, ours, our), side(upstream, theirs, their));
      continue;
    }
    comparison.compared.add(our.spot.pointer);
    const nameSide = ({ spot, name }: Parameter) => ({ pointer: child(spot.pointer, 'name'), says: name });
    findings.changed('name', our.title, nameSide(our), nameSide(their));
    compareFlag(findings, 'required', our.title, our.spot, their.spot);
    compareFlag(findings, 'deprecated', our.title, our.spot, their.spot);
    compareSchemas(comparison, our.title, schemaOf(our.spot), schemaOf(their.spot));
  }
}

function compareRequestBodies(comparison: Comparison, ours: Operation, theirs: Operation): void {
  const { contract, upstream, findings } = comparison;
  const bodyOf = (document: OpenApiDocument, { spot }: Operation) => {
    const pointer = child(spot.pointer, 'requestBody');
    const node = own(spot.node, 'requestBody');
    const body = node === undefined ? undefined : resolve(document, schemaSpot(node, pointer));
    return { body, side: { pointer, says: body ? briefMessage(document, body) : absent } };
  };
  const [our, their] = [bodyOf(contract, ours), bodyOf(upstream, theirs)];
  const name = `body of ${ours.title}`;
  if (our.body && their.body) {
    compareFlag(findings, 'required', name, our.body, their.body);
    compareContent(comparison, name, our.body, their.body);
  } else if (our.body ?? their.body) {
    findings.thing('request body', name, our.side, their.side);
  }
}

function compareContent(comparison: Comparison, name: string, ours: Spot, theirs: Spot): void {
  comparison.compared.add(ours.pointer);
  compareEntries(comparison, 'media type', 'content', name, ours, theirs, (_, our, their) => {
    compareSchemas(comparison, name, schemaOf(our), schemaOf(their));
  });
}

/** Compares two maps by their keys; `same` goes on with what both have. */
function compareEntries(
  comparison: Comparison,
  thing: Thing,
  key: 'responses' | 'headers' | 'content',
  name: string,
  ours: Spot,
  theirs: Spot,
  same: (name: string, ours: Spot, theirs: Spot) => void,
): void {
  const { contract, upstream, findings } = comparison;
  const [our, their] = [entriesById(contract, ours, key), entriesById(upstream, theirs, key)];
  for (const id of new Set([...our.keys(), ...their.keys()])) {
    const [ourEntry, theirEntry] = [our.get(id), their.get(id)];
    const entry = ourEntry ?? theirEntry;
    if (ourEntry && theirEntry) same(ourEntry.name, ourEntry.spot, theirEntry.spot);
    else if (entry) {
      const side = (document: OpenApiDocument, holder: Spot, has: Entry | undefined) => ({
        pointer: child(holder.pointer, key, entry.name),
        says: has ? (thing === 'status' ? briefMessage(document, has.spot) : has.name) : absent,
      });
      const title = `${entry.name} of ${name}`;
      findings.thing(thing, title, side(contract, ours, ourEntry), side(upstream, theirs, theirEntry));
    }
  }
}

interface Entry {
  readonly name: string;
  readonly spot: Spot;
}

/** Media types without their parameters; case says nothing in any of the names. */
function entriesById(document: OpenApiDocument, holder: Spot, key: string): Map<string, Entry> {
  const entries = [...entriesOf(document, holder, key)];
  return new Map(entries.map(([name, spot]) => [name.replace(/;.*/s, '').trim().toLowerCase(), { name, spot }]));
}

/** The schema of a parameter, header or media type. A description above the schema is about it too. */
function schemaOf(holder: Spot): Place {
  return [schemaSpot(own(holder.node, 'schema'), child(holder.pointer, 'schema')), describes(holder)];
}
