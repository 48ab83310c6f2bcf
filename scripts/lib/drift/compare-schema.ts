import { child } from '../json-pointer.js';
import { brief, briefProperty, briefSchema } from './brief.js';
import type { OpenApiDocument } from './document.js';
import type { FindingCollector, Thing } from './findings.js';
import { absent, type Says } from './says.js';
import { type Property, readSchema, type Schema } from './schema.js';
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

function compareNullability({ findings }: Comparison, name: string, { ours, theirs }: Pair): void {
  if (ours.nullable === theirs.nullable) return;
  const side = ({ site, nullable }: Schema) => ({ pointer: site, says: nullable ? 'nullable' : absent });
  findings.thing('nullability', name, side(ours), side(theirs));
}

function compareTypes({ findings }: Comparison, name: string, { ours, theirs }: Pair) {
  const side = ({ home, types }: Schema) => ({ pointer: child(home, 'type'), says: types.join(' | ') || absent });
  const [our, their] = [side(ours), side(theirs)];
  findings.changed('type', name, our, their);
  if (our.says === their.says) return 'agree';
  return [our.says, their.says].includes(absent) ? 'one is open' : 'differ';
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

function compareKeywords(
  { findings }: Comparison,
  name: string,
  kind: 'annotations' | 'limits',
  { ours, theirs }: Pair,
): void {
  for (const key of new Set([...ours[kind].keys(), ...theirs[kind].keys()])) {
    const side = (schema: Schema) => schema[kind].get(key) ?? { pointer: child(schema.home, key), says: absent };
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
      const isRequired = ({ required, requiredPointer: pointer }: Property) => ({
        pointer,
        says: required ? name : absent,
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
  const says = (document: OpenApiDocument, allowed: boolean | Place): Says =>
    typeof allowed === 'boolean' ? (allowed ? absent : false) : brief(document, allowed);
  comparison.findings.changed(
    'additionalProperties',
    name,
    { pointer: our.pointer, says: says(comparison.contract, our.allowed) },
    { pointer: their.pointer, says: says(comparison.upstream, their.allowed) },
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
