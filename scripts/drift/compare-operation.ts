import { child, own, ownObject } from '../lib/json-pointer.js';
import { briefMessage, briefProperty } from './brief.js';
import { compareFields } from './compare-fields.js';
import type { Comparison } from './compare-limits.js';
import { compareSchemas } from './compare-schema.js';
import { entriesOf, type OpenApiDocument, resolve, type Spot } from './document.js';
import type { Thing } from './findings.js';
import type { Operation, Parameter } from './operations.js';
import { absent, says } from './says.js';
import { describes, type Place, schemaSpot } from './schema-spots.js';
import { securityOf, serversOf } from './service.js';

/** Compares what two operations take and give. */
export function compareOperations(comparison: Comparison, ours: Operation, theirs: Operation): void {
  const { findings, contract, upstream } = comparison;
  const [ourServers, theirServers] = [serversOf(ours), serversOf(theirs)];
  for (const { pointer } of [ours.spot, ourServers]) comparison.compared.add(pointer);
  const { title } = ours;
  findings.changed('security', title, securityOf(contract, ours.spot), securityOf(upstream, theirs.spot));
  findings.changed('servers', title, ourServers, theirServers);
  compareFields(findings, 'operation', title, ours.spot, theirs.spot);
  compareParameters(comparison, ours, theirs);
  compareRequestBodies(comparison, ours, theirs);
  compareEntries(comparison, 'status', 'responses', title, ours.spot, theirs.spot, (status, our, their) => {
    compareFields(findings, 'response', `${title} ${status}`, our, their);
    compareContent(comparison, `${title} ${status}`, our, their);
    compareEntries(
      comparison,
      'header',
      'headers',
      `${title} ${status}`,
      our,
      their,
      (name, ourHeader, theirHeader) => {
        compareFields(findings, 'header', `header ${name}`, ourHeader, theirHeader);
        compareSchemas(comparison, `header ${name}`, schemaOf(ourHeader), schemaOf(theirHeader));
      },
    );
  });
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
    compareFields(findings, 'parameter', our.title, our.spot, their.spot);
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
    compareFields(findings, 'request body', name, our.body, their.body);
    compareContent(comparison, name, our.body, their.body);
  } else if (our.body ?? their.body) {
    findings.thing('request body', name, our.side, their.side);
  }
}

function compareContent(comparison: Comparison, name: string, ours: Spot, theirs: Spot): void {
  comparison.compared.add(ours.pointer);
  compareEntries(comparison, 'media type', 'content', name, ours, theirs, (_, our, their) => {
    comparison.compared.add(our.pointer);
    compareFields(comparison.findings, 'media type', name, our, their);
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
        says: has ? (thing === 'status' ? briefMessage(document, has.spot) : says(has.name)) : absent,
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

/**
 * The schema of a parameter, header or media type; the first two may have it in a media type of their own. A description above the schema
 * is about it too.
 */
function schemaOf(holder: Spot): Place {
  const [name] = Object.keys(ownObject(holder.node, 'content'));
  const pointer = name === undefined ? holder.pointer : child(holder.pointer, 'content', name);
  const { node } = name === undefined ? holder : { node: ownObject(own(holder.node, 'content'), name) };
  return [schemaSpot(own(node, 'schema'), child(pointer, 'schema')), ...describes(holder)];
}
