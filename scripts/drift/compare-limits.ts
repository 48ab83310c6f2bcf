import { child } from '../lib/json-pointer.js';
import type { OpenApiDocument } from './document.js';
import type { FindingCollector, Thing } from './findings.js';
import { absent } from './says.js';
import type { Schema } from './schema.js';
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
export interface Pair {
  readonly ours: Schema;
  readonly theirs: Schema;
}

export function compareNullability({ findings }: Comparison, name: string, { ours, theirs }: Pair): void {
  if (ours.nullable === theirs.nullable) return;
  const side = ({ site, nullable }: Schema) => ({ pointer: site, says: nullable ? 'nullable' : absent });
  findings.thing('nullability', name, side(ours), side(theirs));
}

/** Whether the types are the same; where one side says none, the other may be one of many. */
export function compareTypes({ findings }: Comparison, name: string, { ours, theirs }: Pair) {
  const side = ({ home, types }: Schema) => ({ pointer: child(home, 'type'), says: types.join(' | ') || absent });
  const [our, their] = [side(ours), side(theirs)];
  findings.changed('type', name, our, their);
  if (our.says === their.says) return 'agree';
  return [our.says, their.says].includes(absent) ? 'one is open' : 'differ';
}

export function compareValues({ findings, lists, compared }: Comparison, name: string, { ours, theirs }: Pair): void {
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

export function compareKeywords(
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
