import { child, own } from '../lib/json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { valuesInProse } from './prose.js';
import { saidAsText } from './says.js';
import { followPlace, typesOf } from './schema-spots.js';
import type { Union } from './schema-union.js';

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

/** The values that are listed at the spots of a schema. A real enum is what counts; a description beside it explains it. */
export function readValues({ readsProse }: OpenApiDocument, spots: readonly Spot[]): Values | undefined {
  const real = spots.flatMap(({ node, pointer }) => {
    for (const [key, values] of [
      ['enum', own(node, 'enum')],
      ['const', Object.hasOwn(node, 'const') ? [own(node, 'const')] : undefined],
    ] as const) {
      if (Array.isArray(values)) return [{ pointer: child(pointer, key), values: new Set(written(values)) }];
    }
    return [];
  });
  if (real.length > 0 || !readsProse) return listed(real.slice(0, 1));
  // What describes an array is about its items.
  if (typesOf(spots).some((type) => type === 'array' || type === 'object')) return undefined;
  return listed(
    spots.flatMap(({ node, pointer }) => {
      const values = valuesInProse(node);
      return values ? [{ pointer: child(pointer, 'description'), values: new Set(values) }] : [];
    }),
  );
}

/** The values of a union of strings, some of which are listed. */
export function valuesOfUnion(document: OpenApiDocument, { members }: Pick<Union, 'members'>): Values | undefined {
  const followed = [...members.values()].map((member) => followPlace(document, member).spots);
  const lists = followed.map((spots) => readValues(document, spots)?.lists ?? []);
  const isString = (spots: readonly Spot[], index: number) =>
    (typesOf(spots).join() || (lists[index]?.length ? 'string' : '')) === 'string';
  if (!followed.every(isString)) return undefined;
  const [first, ...others] = lists.flat();
  if (!first) return undefined;
  // Each member adds its values to those of the others.
  const values = new Set([first, ...others].flatMap((list) => [...list.values]));
  return { lists: [{ pointer: first.pointer, values }], open: lists.some((of) => of.length === 0) };
}

const listed = (lists: readonly ValueList[]): Values | undefined =>
  lists.length > 0 ? { lists, open: false } : undefined;

function written(values: readonly unknown[]): string[] {
  return values.filter((value) => value !== null).map((value) => saidAsText(value));
}
