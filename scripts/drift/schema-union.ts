import { child, own } from '../lib/json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { valuesInProse } from './prose.js';
import { saidAsText } from './says.js';
import { isLimit } from './schema-keywords.js';
import { alternatives, followPlace, nameOf, type Place, typesOf } from './schema-spots.js';

/** A schema that is one of several. */
export interface Union {
  /** By their names, each with what stands beside the union, which holds for every member. */
  readonly members: ReadonlyMap<string, Place>;
  readonly pointer: string;
}

const keys = ['oneOf', 'anyOf'] as const;

/** The unions of several at the spots of a schema. Where there are two, the members of each are unions by the other. */
export function readUnions(document: OpenApiDocument, spots: readonly Spot[]): Union[] {
  return spots.flatMap((spot) =>
    keys.flatMap((key) => {
      const { members } = alternatives(spot, key);
      if (members.length < 2) return [];
      const beside = spots.flatMap((other) => asksOfMembers(other, other === spot ? key : undefined));
      return [{ members: namedMembers(document, spot, members, beside), pointer: child(spot.pointer, key) }];
    }),
  );
}

/** A schema as the only member of a union, to be compared with one of several. It is used where it was. */
export function asMember(site: string, spots: readonly Spot[]): Place {
  return [{ node: {}, pointer: site }, ...spots.flatMap((spot) => asksOfMembers(spot, undefined))];
}

function namedMembers(document: OpenApiDocument, union: Spot, members: readonly Spot[], beside: Place) {
  const named = new Map<string, Place>();
  for (const [index, member] of members.entries()) {
    const { spots } = followPlace(document, [member]);
    const name = mappedName(union, member) ?? nameOf(spots) ?? (typesOf(spots).join(' | ') || saidAsText(member.node));
    named.set(named.has(name) ? `${name} ${index + 1}` : name, [member, ...beside]);
  }
  return named;
}

function mappedName(union: Spot, member: Spot): string | undefined {
  const mapping = own(own(union.node, 'discriminator'), 'mapping') ?? {};
  return Object.entries(mapping).find(([, ref]) => ref === own(member.node, '$ref'))?.[0];
}

/** What a spot beside a union asks of each member: that it may be null, and what is told of it, is about the union alone. */
function asksOfMembers(spot: Spot, union: string | undefined): Spot[] {
  const asks = (key: string) => isLimit(key) || (key === 'description' && valuesInProse(spot.node) !== undefined);
  const asked = Object.entries(spot.node)
    .filter(([key]) => key !== union && asks(key) && !isFollowed(spot, key))
    .map(([key, value]) => [key, Array.isArray(value) ? value.filter((one) => !isNullIn(key, one)) : value]);
  return asked.length > 0 ? [{ node: Object.fromEntries(asked), pointer: spot.pointer }] : [];
}

const isNullIn = (key: string, value: unknown) =>
  (key === 'type' && value === 'null') || (key === 'enum' && value === null);

/** Whether what a key leads to is a spot of its own already. */
function isFollowed(spot: Spot, key: string): boolean {
  if (key === '$ref' || key === 'allOf') return true;
  return (key === 'oneOf' || key === 'anyOf') && alternatives(spot, key).members.length < 2;
}
