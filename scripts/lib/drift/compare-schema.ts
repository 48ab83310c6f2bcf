import { child } from '../json-pointer.js';
import { brief, briefProperty } from './brief.js';
import type { OpenApiDocument } from './document.js';
import { absent, type FindingCollector, type Thing } from './findings.js';
import { type Property, readSchema, type Schema } from './schema.js';
import type { Says } from './schema-keywords.js';
import type { Place } from './schema-spots.js';
import type { ListComparison } from './vocabularies.js';

/** What a comparison knows, and where it notes what it finds. */
export interface Comparison {
  readonly contract: OpenApiDocument;
  readonly upstream: OpenApiDocument;
  readonly findings: FindingCollector;
  readonly lists: ListComparison;
  /** The places of the contract that were compared with something. */
  readonly compared: Set<string>;
  /** Pairs of schemas that were compared, so that cycles end. */
  readonly pairs: Set<string>;
}

/** The same schema on both sides. */
interface Pair {
  readonly ours: Schema;
  readonly theirs: Schema;
}

/** Compares what two schemas mean. `name` is what a finding calls the place. */
export function compareSchemas(comparison: Comparison, name: string, ourPlace: Place, theirPlace: Place): void {
  const pair = [ourPlace, theirPlace].map((place) => place.map(({ pointer }) => pointer).join(' ')).join(' — ');
  if (comparison.pairs.has(pair)) return;
  comparison.pairs.add(pair);
  const ours = readSchema(comparison.contract, ourPlace);
  const theirs = readSchema(comparison.upstream, theirPlace);
  for (const pointer of [ours.site, ours.home]) comparison.compared.add(pointer);

  compareNullability(comparison, name, { ours, theirs });
  if (ours.members || theirs.members) {
    compareMembers(comparison, { ours, theirs }, ourPlace, theirPlace);
    compareKeywords(comparison, name, { ours, theirs });
    return;
  }
  // Where the types differ, all else differs with them.
  if (compareTypes(comparison, name, { ours, theirs })) return;
  compareValues(comparison, name, { ours, theirs });
  compareKeywords(comparison, name, { ours, theirs });
  compareProperties(comparison, { ours, theirs });
  compareAdditional(comparison, name, { ours, theirs });
  if (ours.items && theirs.items) compareSchemas(comparison, `${name}[]`, ours.items, theirs.items);
  else if (ours.items ?? theirs.items) {
    const says = (document: OpenApiDocument, items: Place | undefined) => (items ? brief(document, items) : absent);
    comparison.findings.changed(
      'items',
      name,
      { pointer: child(ours.home, 'items'), says: says(comparison.contract, ours.items) },
      { pointer: child(theirs.home, 'items'), says: says(comparison.upstream, theirs.items) },
    );
  }
}

function compareNullability({ findings }: Comparison, name: string, { ours, theirs }: Pair): void {
  if (ours.nullable === theirs.nullable) return;
  const side = ({ site, nullable }: Schema) => ({ pointer: site, says: nullable ? 'nullable' : absent });
  findings.thing('nullability', name, side(ours), side(theirs));
}

function compareTypes({ findings }: Comparison, name: string, { ours, theirs }: Pair): boolean {
  const side = ({ home, types }: Schema) => ({ pointer: child(home, 'type'), says: types.join(' | ') || absent });
  findings.changed('type', name, side(ours), side(theirs));
  return side(ours).says !== side(theirs).says;
}

function compareValues({ findings, lists, compared }: Comparison, name: string, { ours, theirs }: Pair): void {
  const [list] = ours.values?.lists ?? [];
  const theirLists = theirs.values?.lists ?? [];
  const [first] = theirLists;
  if (list && first) {
    compared.add(list.pointer);
    lists.add(list, theirLists, ours.site);
    const side = ({ site, values }: Schema) => ({
      pointer: site,
      says: values?.open ? 'any string' : 'only the values',
    });
    findings.changed('openness', name, side(ours), side(theirs));
  } else if (list) {
    const says = namedValues(lists.thingOf(list), [list]);
    findings.changed('enum', name, { pointer: ours.site, says }, { pointer: child(theirs.home, 'enum'), says: absent });
  } else if (first) {
    const known = lists.recognise(theirLists);
    if (known) lists.add(known.list, theirLists, ours.site);
    const says = namedValues(known?.thing ?? 'enum value', theirLists);
    findings.changed(
      'enum',
      name,
      { pointer: child(ours.home, 'enum'), says: absent },
      { pointer: first.pointer, says },
    );
  }
}

/** Values that are compared by themselves are only named, so that one more of them is one finding. */
function namedValues(thing: Thing, lists: readonly { values: ReadonlySet<string> }[]): string {
  if (thing !== 'enum value') return `${thing}s`;
  return [...new Set(lists.flatMap(({ values }) => [...values]))].sort().join(' | ');
}

function compareKeywords({ findings }: Comparison, name: string, { ours, theirs }: Pair): void {
  for (const key of new Set([...ours.keywords.keys(), ...theirs.keywords.keys()])) {
    const side = ({ keywords, home }: Schema) => keywords.get(key) ?? { pointer: child(home, key), says: absent };
    findings.changed(key, name, side(ours), side(theirs));
  }
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
      const required = (schema: Schema, is: boolean) => ({ pointer: schema.requiredPointer, says: is ? name : absent });
      findings.thing('required property', name, required(ours, our.required), required(theirs, their.required));
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
  const says = (document: OpenApiDocument, allowed: boolean | Place): Says =>
    typeof allowed === 'boolean' ? (allowed ? absent : false) : brief(document, allowed);
  comparison.findings.changed(
    'additionalProperties',
    name,
    { pointer: our.pointer, says: says(comparison.contract, our.allowed) },
    { pointer: their.pointer, says: says(comparison.upstream, their.allowed) },
  );
}

/** Members are known by their names; a schema that is no union is one of one. */
function compareMembers(comparison: Comparison, { ours, theirs }: Pair, ourPlace: Place, theirPlace: Place): void {
  const membersOf = (schema: Schema, place: Place) => schema.members ?? new Map([[schema.name ?? 'member', place]]);
  const [ourMembers, theirMembers] = [membersOf(ours, ourPlace), membersOf(theirs, theirPlace)];
  const side = (document: OpenApiDocument, pointer: string, name: string, member: Place | undefined) => ({
    pointer,
    says: member ? `${name} ${brief(document, member)}` : absent,
  });
  for (const name of new Set([...ourMembers.keys(), ...theirMembers.keys()])) {
    const [our, their] = [ourMembers.get(name), theirMembers.get(name)];
    if (our && their) compareSchemas(comparison, name, our, their);
    else {
      comparison.findings.thing(
        'union member',
        name,
        side(comparison.contract, ours.membersPointer, name, our),
        side(comparison.upstream, theirs.membersPointer, name, their),
      );
    }
  }
}
