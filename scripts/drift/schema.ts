import { child, isObject } from '../lib/json-pointer.js';
import { absent, type Fact, says } from './findings.js';
import { allParts, asksOfMembers, keywordsOf, membersAt, type Part, partAt, type Thing, unionKeys } from './parts.js';

/** The values that a schema allows, from an enum or a description. */
export interface ValueList {
  readonly pointer: string;
  readonly values: ReadonlySet<string>;
}

export type Schema = ReturnType<typeof readSchema>;

/**
 * Reads the meaning of a schema, however it is written: with references followed, `allOf` merged, and OpenAPI 3.0 treated like 3.1. Its
 * items and the like are named after `label`.
 */
export function readSchema(written: readonly Part[], label = '') {
  const parts = allParts(written);
  const own = parts.filter(({ node }) => node.$ref === undefined);
  // Missing keywords would be next to its type, behind the last reference.
  const pointer = (own.find(({ node }) => node.type) ?? own[0] ?? parts[0])?.pointer ?? '#';
  // The place where it is used, before any reference is followed.
  const site = written[0]?.pointer ?? pointer;
  const name = nameOf(parts);
  const unions = parts.flatMap((part) => unionKeys.flatMap((key) => readUnion(parts, part, key)));
  const values = unions.find((one) => one.values)?.values ?? valuesOf(parts);
  const types = typesOf(parts).join(' | ') || (values ? 'string' : absent);
  const { facts, limits } = keywordsOf(parts);
  const isNullable = parts.some(({ node }) => node.nullable);
  facts.set('nullability', { pointer: site, says: isNullable ? 'nullable' : absent });
  const all = [...propertiesOf(parts, pointer, name), ...additionalOf(parts, pointer, label)];
  all.push(...itemsOf(parts, pointer, label));
  const things = new Map(all.map((thing) => [thing.subject === 'property' ? `.${thing.name}` : thing.subject, thing]));
  return {
    ...{ parts, site, pointer, name, values, facts, limits, things },
    type: { pointer: child(pointer, 'type'), says: types },
    /** Set if it is a union. Limits next to it apply to each member, and are read there. */
    union: unions.find((one) => !one.values),
    /** The schema as the only member of a union. */
    asMember: (member: string) => {
      const asked = parts.flatMap((part) => asksOfMembers(part));
      return memberOf(member, child(pointer, 'oneOf'), [...parts.slice(0, 1).map(emptied(site)), ...asked]);
    },
  };
}

/** An empty part at a place. */
const emptied = (pointer: string) => (part: Part) => ({ ...part, node: {}, pointer });

const memberOf = (name: string, pointer: string, schema: readonly Part[]): Thing => ({
  ...{ subject: 'union member', name, pointer, schema },
  says: () => `${name} ${brief(schema)}`,
});

function typesOf(parts: readonly Part[]): string[] {
  const has = (...keys: string[]) => parts.some(({ node }) => keys.some((key) => node[key] !== undefined));
  const [known] = parts.flatMap(({ node }) => (node.type ? [node.type] : []));
  if (known) return known;
  if (has('properties', 'additionalProperties')) return ['object'];
  return has('items') ? ['array'] : has('enum') ? ['string'] : [];
}

/**
 * The name of a schema on the wire, in `_type`. Dixa does not declare `_type`. On the wire it is the title (`IsOneOf`) of a component whose
 * name may have a number (`IsOneOf5`).
 */
function nameOf(parts: readonly Part[]): string | undefined {
  const ofType = parts.map((part) => {
    const [name, other] = partAt(part, 'properties', '_type').node.enum ?? [];
    return other === undefined ? name : undefined;
  });
  const ofComponents = parts.map(({ pointer }) => /^#\/components\/schemas\/([^/]+?)\d*$/.exec(pointer)?.[1]);
  return [...ofType, ...parts.map(({ node }) => node.title), ...ofComponents].find((name) => name !== undefined);
}

/** The members of a union by name, each with the keywords next to the union, or the values of a union of strings. */
function readUnion(parts: readonly Part[], union: Part, key: string) {
  const members = membersAt(union, key);
  if (members.length < 2) return [];
  const beside = parts.flatMap((other) => asksOfMembers(other, other === union ? key : undefined));
  const pointer = child(union.pointer, key);
  const things = new Map<string, Thing>();
  for (const [index, member] of members.entries()) {
    const all = allParts([member]);
    const known = nameOf(all) ?? (typesOf(all).join(' | ') || String(says(member.node)));
    const name = things.has(known) ? `${known} ${index + 1}` : known;
    things.set(name, memberOf(name, pointer, [member, ...beside]));
  }
  return [{ pointer, things, values: valuesOfUnion(members) }];
}

/** A real enum takes precedence over a description. */
function valuesOf(parts: readonly Part[]): { lists: ValueList[]; open: boolean } | undefined {
  const lists = parts.flatMap(({ node, pointer, writtenAs: { enum: as = 'enum' } }) => {
    return node.enum ? [{ pointer: child(pointer, as), values: new Set(node.enum), isReal: as !== 'description' }] : [];
  });
  const real = lists.find(({ isReal }) => isReal);
  if (real) return { lists: [real], open: false };
  // The description of an array lists the values of its items.
  const isList = typesOf(parts).some((type) => type === 'array' || type === 'object');
  return isList || lists.length === 0 ? undefined : { lists, open: false };
}

/** The listed values of a union of strings. If a plain string is a member too, any other value is allowed. */
function valuesOfUnion(members: readonly Part[]): ReturnType<typeof valuesOf> {
  const all = members.map((member) => allParts([member]));
  const lists = all.map((parts) => valuesOf(parts)?.lists ?? []);
  const [first] = lists.flat();
  if (!first || !all.every((parts) => typesOf(parts).join() === 'string')) return undefined;
  const values = new Set(lists.flat().flatMap((list) => [...list.values]));
  return { lists: [{ pointer: first.pointer, values }], open: lists.some((of) => of.length === 0) };
}

function propertiesOf(parts: readonly Part[], home: string, schemaName = ''): Thing[] {
  const schemas = new Map<string, Part[]>();
  const required = new Map<string, Fact>();
  for (const part of parts) {
    for (const name of Object.keys(part.node.properties ?? {})) {
      schemas.set(name, [...(schemas.get(name) ?? []), partAt(part, 'properties', name)]);
      const lacks = { pointer: child(part.pointer, 'required'), says: absent };
      required.set(name, required.get(name) ?? lacks);
    }
  }
  for (const part of parts) {
    for (const name of part.node.required ?? []) {
      const pointer = child(part.pointer, 'required');
      // A name that is only required is a property of any type.
      if (!schemas.has(name)) schemas.set(name, [emptied(pointer)(part)]);
      if ((required.get(name)?.says ?? absent) === absent) required.set(name, { pointer, says: says(name) });
    }
  }
  return [...schemas].map(([name, schema]) => ({
    ...{ subject: 'property', name, schema, pointer: schema[0]?.pointer ?? home, at: child(home, 'properties', name) },
    facts: new Map([['required property', required.get(name) as Fact]]),
    says: () => {
      const text = `${required.get(name)?.says === absent ? 'optional' : 'required'} ${brief(schema)}`;
      // The same text for all of them, so that one ledger entry can explain all.
      return name === '_type' && text === `required "${schemaName}"` ? 'required, the name of the schema' : text;
    },
  }));
}

/** The schema of additional properties, unless they may be anything. */
function additionalOf(parts: readonly Part[], home: string, label: string): Thing[] {
  const subject = 'additionalProperties';
  const closed = parts.find(({ node }) => node[subject] === false);
  const at = child(home, subject);
  if (closed) return [{ subject, name: label, pointer: child(closed.pointer, subject), at, says: () => false }];
  const written = parts.filter(({ node }) => isObject(node[subject])).map((part) => partAt(part, subject));
  return thingsOf(
    subject,
    `${label}{}`,
    at,
    written.filter(({ node }) => Object.keys(node).length > 0),
  );
}

/** A list in the description of an array applies to its items. */
function itemsOf(parts: readonly Part[], home: string, label: string): Thing[] {
  const items = parts.filter(({ node }) => node.items !== undefined).map((part) => partAt(part, 'items'));
  const described = parts.filter(({ writtenAs }) => items.length > 0 && writtenAs.enum === 'description');
  items.push(...described.map((part) => ({ ...part, node: { enum: part.node.enum ?? [] } })));
  return thingsOf('items', `${label}[]`, child(home, 'items'), items);
}

const thingsOf = (subject: string, name: string, at: string, schema: readonly Part[]): Thing[] =>
  schema.slice(0, 1).map(({ pointer }) => ({ subject, name, pointer, at, schema, says: () => brief(schema) }));

const maxValues = 8;

/**
 * A schema in one line of TypeScript notation, for findings and ledger entries about things that only one side has. It does not depend on
 * how the schema is written, and changes whenever its meaning changes. Named objects within it are only named.
 */
export function brief(parts: readonly Part[], depth = 0): string {
  const schema = readSchema(parts);
  const text = briefType(schema, depth);
  return schema.facts.get('nullability')?.says === absent ? text : `${text} | null`;
}

function briefType(schema: Schema, depth: number): string {
  const { values, union, type, limits, things } = schema;
  if (union) {
    const members = [...union.things.keys()].sort().join(' | ');
    if ([...things.values()].every(({ subject }) => subject !== 'property')) return members;
    return `(${members}) & ${briefObject({ ...schema, name: undefined }, depth)}`;
  }
  if (values) {
    const all = [...new Set(values.lists.flatMap((list) => [...list.values]))].sort();
    const tooMany = all.length > maxValues;
    const listed = tooMany ? `one of ${all.length} values` : all.map((one) => JSON.stringify(one)).join(' | ');
    return values.open ? `${listed} | string` : listed;
  }
  if (type.says === 'object') return briefObject(schema, depth);
  if (type.says === 'array') {
    const items = things.get('items')?.schema;
    const text = items ? brief(items, depth + 1) : '';
    return items ? (/ \| |one of/.test(text) ? `(${text})[]` : `${text}[]`) : 'array';
  }
  const limited = [...limits].map(([key, { says }]) => (key === 'format' ? String(says) : `${key} ${says}`)).sort();
  return `${type.says === absent ? 'anything' : type.says}${limited.length > 0 ? ` (${limited.join(', ')})` : ''}`;
}

function briefObject({ name, things }: Schema, depth: number): string {
  if (depth > 0 && name) return name;
  if (depth > 1) return 'object';
  const fields = [...things.values()].flatMap(({ subject, name, facts, schema }) => {
    if (!schema || subject === 'items') return [];
    const isOptional = facts?.get('required property')?.says === absent;
    const key = subject === 'property' ? `${name}${isOptional ? '?' : ''}` : '[key]';
    return `${key}: ${brief(schema, depth + 1)}`;
  });
  return `{ ${fields.sort().join('; ') || '…'} }`;
}
