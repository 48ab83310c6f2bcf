import { child } from '../lib/json-pointer.js';
import { brief, briefProperty, briefSchema } from './brief.js';
import {
  type Comparison,
  compareKeywords,
  compareNullability,
  compareTypes,
  compareValues,
  type Pair,
} from './compare-limits.js';
import type { OpenApiDocument } from './document.js';
import { absent, type Says, says } from './says.js';
import { type Property, readSchema, type Schema } from './schema.js';
import type { Place } from './schema-spots.js';

/** Compares what two schemas mean. `name` is what a finding calls the place. */
export function compareSchemas(comparison: Comparison, name: string, ourPlace: Place, theirPlace: Place): void {
  const pair = [ourPlace, theirPlace].map((place) => place.map(({ pointer }) => pointer).join(' ')).join(' — ');
  if (comparison.pairs.has(pair)) return;
  comparison.pairs.add(pair);
  const ours = readSchema(comparison.contract, ourPlace);
  const theirs = readSchema(comparison.upstream, theirPlace);
  for (const pointer of [ours.site, ours.home]) comparison.compared.add(pointer);

  compareNullability(comparison, name, { ours, theirs });
  compareKeywords(comparison, name, 'annotations', { ours, theirs });
  if (ours.union || theirs.union) {
    compareUnions(comparison, name, { ours, theirs });
    return;
  }
  const types = compareTypes(comparison, name, { ours, theirs });
  // Where the types differ, all else differs with them.
  if (types === 'differ') return;
  compareValues(comparison, name, { ours, theirs });
  compareKeywords(comparison, name, 'limits', { ours, theirs });
  if (types === 'one is open') return;
  compareProperties(comparison, { ours, theirs });
  compareAdditional(comparison, name, { ours, theirs });
  compareItems(comparison, name, { ours, theirs });
}

function compareProperties(comparison: Comparison, { ours, theirs }: Pair): void {
  const { findings, contract, upstream } = comparison;
  const side = (document: OpenApiDocument, schema: Schema, name: string) => {
    const property = schema.properties.get(name);
    if (!property) return { pointer: child(schema.home, 'properties', name), says: absent };
    return { pointer: property.pointer, says: saysProperty(document, schema, name, property) };
  };
  for (const name of new Set([...ours.properties.keys(), ...theirs.properties.keys()])) {
    const [our, their] = [ours.properties.get(name), theirs.properties.get(name)];
    if (!our || !their) {
      findings.thing('property', name, side(contract, ours, name), side(upstream, theirs, name));
      continue;
    }
    if (our.required !== their.required) {
      const isRequired = ({ required, requiredPointer: pointer }: Property) => ({
        pointer,
        says: required ? says(name) : absent,
      });
      findings.thing('required property', name, isRequired(our), isRequired(their));
    }
    compareSchemas(comparison, name, our.place, their.place);
  }
}

/** A property that holds the schema's own name is said to, so that one ledger entry can speak of all of them. */
function saysProperty(document: OpenApiDocument, schema: Schema, name: string, { place, required }: Property): string {
  const values = name === '_type' && required ? readSchema(document, place).values?.lists[0]?.values : undefined;
  if (values?.size === 1 && schema.name !== undefined && values.has(schema.name))
    return 'required, the name of the schema';
  return briefProperty(document, place, required);
}

function compareAdditional(comparison: Comparison, name: string, { ours, theirs }: Pair): void {
  const [our, their] = [ours.additional, theirs.additional];
  if (typeof our.allowed !== 'boolean' && typeof their.allowed !== 'boolean') {
    compareSchemas(comparison, `${name}{}`, our.allowed, their.allowed);
    return;
  }
  const saysOf = (document: OpenApiDocument, allowed: boolean | Place): Says =>
    typeof allowed === 'boolean' ? (allowed ? absent : false) : brief(document, allowed);
  comparison.findings.changed(
    'additionalProperties',
    name,
    { pointer: our.pointer, says: saysOf(comparison.contract, our.allowed) },
    { pointer: their.pointer, says: saysOf(comparison.upstream, their.allowed) },
  );
}

function compareItems(comparison: Comparison, name: string, { ours, theirs }: Pair): void {
  if (ours.items && theirs.items) {
    compareSchemas(comparison, `${name}[]`, ours.items, theirs.items);
    return;
  }
  const side = (document: OpenApiDocument, { home, items }: Schema) => ({
    pointer: child(home, 'items'),
    says: items ? brief(document, items) : absent,
  });
  comparison.findings.changed('items', name, side(comparison.contract, ours), side(comparison.upstream, theirs));
}

/** Members are known by their names; a schema that is no union is one of one, called as the member of the other that it can be. */
function compareUnions(comparison: Comparison, name: string, { ours, theirs }: Pair): void {
  const { findings, contract, upstream } = comparison;
  const membersOf = ({ union, name, types, asMember }: Schema, other: Schema) => {
    if (union) return union.members;
    const known = [name ?? '', types.join(' | ')].find((one) => other.union?.members.has(one));
    return new Map(known === undefined ? [] : [[known, asMember]]);
  };
  const [ourMembers, theirMembers] = [membersOf(ours, theirs), membersOf(theirs, ours)];
  if (ourMembers.size === 0 || theirMembers.size === 0) {
    const side = (document: OpenApiDocument, schema: Schema) => ({
      pointer: schema.union?.pointer ?? schema.home,
      says: briefSchema(document, schema),
    });
    findings.changed('union', name, side(contract, ours), side(upstream, theirs));
    return;
  }
  const side = (document: OpenApiDocument, schema: Schema, member: string, place: Place | undefined) => ({
    pointer: schema.union?.pointer ?? child(schema.home, 'oneOf'),
    says: place ? `${member} ${brief(document, place)}` : absent,
  });
  for (const member of new Set([...ourMembers.keys(), ...theirMembers.keys()])) {
    const [our, their] = [ourMembers.get(member), theirMembers.get(member)];
    if (our && their) compareSchemas(comparison, member, our, their);
    else
      findings.thing('union member', member, side(contract, ours, member, our), side(upstream, theirs, member, their));
  }
}
