import { own, valueAt } from '../lib/json-pointer.js';
import type { FindingCollector, Thing } from './findings.js';
import { absent, says } from './says.js';
import type { ValueList } from './schema-values.js';

/** The lists of the contract that grow over time. Dixa repeats each at every place that takes one of its values. */
const vocabularies: Readonly<Record<string, Thing>> = {
  '#/components/schemas/WebhookEventType/enum': 'event type',
  '#/components/schemas/FilterField/enum': 'filter field',
};

interface Vocabulary {
  readonly known: ReadonlySet<string>;
  readonly upstream: Map<string, { list: ValueList; site: string }>;
}

/** Compares lists of values: each value is found once, however many lists upstream repeats it in. */
export class ListComparison {
  readonly #byPointer = new Map<string, Vocabulary>();
  readonly #contract: unknown;

  constructor(contract: unknown) {
    this.#contract = contract;
  }

  /** Compares a list of the contract with what upstream lists at the place `site` of the contract. */
  add(contract: ValueList, upstream: readonly ValueList[], site: string): void {
    const vocabulary = this.#byPointer.get(contract.pointer) ?? { known: contract.values, upstream: new Map() };
    this.#byPointer.set(contract.pointer, vocabulary);
    for (const list of upstream) vocabulary.upstream.set(list.pointer, { list, site });
  }

  /** The vocabulary of the contract that lists of upstream belong to, where the contract itself lists nothing. */
  recognise(lists: readonly ValueList[]): { list: ValueList; thing: Thing } | undefined {
    for (const [pointer, thing] of Object.entries(vocabularies)) {
      const known = valueAt(this.#contract, pointer);
      if (!Array.isArray(known)) continue;
      const values = new Set<string>(known);
      if (lists.some((list) => [...list.values].some((value) => values.has(value)))) {
        return { list: { pointer, values }, thing };
      }
    }
    return undefined;
  }

  thingOf(list: ValueList): Thing {
    return (own(vocabularies, list.pointer) as Thing | undefined) ?? 'enum value';
  }

  report(findings: FindingCollector): void {
    for (const [pointer, { known, upstream }] of this.#byPointer) {
      const thing = this.thingOf({ pointer, values: known });
      const uses = [...upstream.values()];
      const all = new Set(uses.flatMap(({ list }) => [...list.values]));
      for (const { list, site } of uses) {
        for (const value of all) {
          const has = list.values.has(value);
          if (has && !known.has(value)) {
            findings.thing(thing, value, { pointer, says: absent }, { pointer: list.pointer, says: says(value) });
          } else if (!has && known.has(value)) {
            // Another list of upstream has it: this place is a difference of its own.
            findings.thing(thing, value, { pointer: site, says: says(value) }, { pointer: list.pointer, says: absent });
          }
        }
        for (const value of known) {
          if (!all.has(value)) {
            findings.thing(thing, value, { pointer, says: says(value) }, { pointer: list.pointer, says: absent });
          }
        }
      }
    }
  }
}
