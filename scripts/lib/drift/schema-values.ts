import { child, own } from '../json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { valuesInProse } from './prose.js';
import { alternatives, followPlace } from './schema-spots.js';

/** One list of the values that a schema allows, in an enum or in a description. */
export interface ValueList {
  readonly pointer: string;
  readonly values: ReadonlySet<string>;
}

export interface Values {
  /** Usually one; a description of an array may repeat that of its items. */
  readonly lists: readonly ValueList[];
  /** Whether any other string is allowed too: `anyOf` an enum and a plain string. */
  readonly open: boolean;
}

export function readValues(document: OpenApiDocument, spots: readonly Spot[]): Values | undefined {
  const lists = listsOf(document, spots);
  if (lists.length > 0) return { lists, open: false };
  for (const spot of spots) {
    const members = [...alternatives(spot, 'anyOf').members, ...alternatives(spot, 'oneOf').members];
    if (members.length < 2) continue;
    const followed = members.map((member) => followPlace(document, [member]).spots);
    const isString = (of: readonly Spot[]) => of.some(({ node }) => own(node, 'type') === 'string');
    const listsOfMembers = followed.map((of) => listsOf(document, of));
    if (!followed.every(isString) || listsOfMembers.every((of) => of.length === 0)) continue;
    return { lists: listsOfMembers.flat(), open: listsOfMembers.some((of) => of.length === 0) };
  }
  return undefined;
}

/** A real enum is what counts; a description beside it explains it. */
function listsOf({ readsProse }: OpenApiDocument, spots: readonly Spot[]): ValueList[] {
  const real = spots.flatMap(({ node, pointer }) => {
    for (const [key, values] of [
      ['enum', own(node, 'enum')],
      ['const', Object.hasOwn(node, 'const') ? [own(node, 'const')] : undefined],
    ] as const) {
      if (Array.isArray(values)) return [{ pointer: child(pointer, key), values: new Set(written(values)) }];
    }
    return [];
  });
  if (real.length > 0 || !readsProse) return real.slice(0, 1);
  // What describes an array is about its items.
  if (spots.some(({ node }) => ['array', 'object'].includes(String(own(node, 'type'))))) return [];
  return spots.flatMap(({ node, pointer }) => {
    const values = valuesInProse(node);
    return values ? [{ pointer: child(pointer, 'description'), values: new Set(values) }] : [];
  });
}

function written(values: readonly unknown[]): string[] {
  return values
    .filter((value) => value !== null)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}
