import { child, valueAt } from '../lib/json-pointer.js';
import type { OpenApiDocument } from './document.js';
import { absent, type Fact, type Finding, plain, says } from './findings.js';
import { addressesOf, readOperations } from './operations.js';
import type { Part, Thing } from './parts.js';
import { brief, readSchema, type Schema, type ValueList } from './schema.js';

export type Compared = ReturnType<typeof compare>;

/** Compares the webhook operations of two documents, with everything they refer to, by meaning. */
export function compare(contract: OpenApiDocument, upstream: OpenApiDocument) {
  const comparison = new Comparison(contract);
  comparison.compareServers(upstream);
  comparison.compareThings(readOperations(contract), readOperations(upstream));
  comparison.compareWebhooks(upstream);
  comparison.compareLists();
  return { findings: [...comparison.findings.values()] as Finding[], places: comparison.places };
}

type Holder = Pick<Thing, 'pointer' | 'home' | 'facts' | 'things'>;

const homeOf = ({ pointer, home = pointer }: Holder) => home;

/** The lists of the contract that grow over time. Dixa repeats each list wherever one of its values is used. */
const vocabularies: Readonly<Record<string, string>> = {
  '#/components/schemas/WebhookEventType/enum': 'event type',
  '#/components/schemas/FilterField/enum': 'filter field',
};

const subjectOf = (list?: ValueList) => vocabularies[list?.pointer ?? ''] ?? 'enum value';

class Comparison {
  readonly findings = new Map<string, Finding & { upstream: { pointers: string[] } }>();
  /** The compared places of the contract: operations, schemas, and where schemas are used. */
  readonly places = new Set(['#/servers', '#/security', '#/paths', '#/webhooks']);
  /** The compared pairs of schemas, so that cycles end. */
  readonly #pairs = new Set<string>();
  /** The lists of the contract by pointer, each with the lists of upstream and the places of the contract that use them. */
  readonly #lists = new Map<string, { known: ValueList; uses: { list: ValueList; site: string }[] }>();

  constructor(readonly contract: OpenApiDocument) {}

  /** Adds a finding if the two sides differ. */
  #add(subject: string, name: string, ours: Fact, theirs: Fact): void {
    if (ours.says === theirs.says) return;
    const contract = { pointer: plain(ours.pointer), says: plain(ours.says) };
    const upstream = { says: plain(theirs.says), pointers: [plain(theirs.pointer)] };
    const change = ours.says === absent ? 'new' : theirs.says === absent ? 'gone' : 'changed';
    // The name is not part of the key: a response that several operations share is named after the first of them.
    const key = JSON.stringify([subject, contract, upstream.says]);
    const pointers = this.findings.get(key)?.upstream.pointers;
    if (!pointers) this.findings.set(key, { change, subject: plain(subject), name: plain(name), contract, upstream });
    else if (!pointers.some((pointer) => upstream.pointers.includes(pointer))) pointers.push(...upstream.pointers);
  }

  /** Upstream has one document per version, so a missing server of ours is not a difference. */
  compareServers(upstream: OpenApiDocument): void {
    const known = addressesOf(this.contract);
    const pointer = '#/servers';
    for (const says of addressesOf(upstream)) {
      if (!known.includes(says)) this.#add('server', says, { pointer, says: absent }, { pointer, says });
    }
  }

  /** Dixa does not describe its events yet. Once it does, a person compares the payloads: ours are in separate files. */
  compareWebhooks(upstream: OpenApiDocument): void {
    const pointer = '#/webhooks';
    const names = Object.keys(upstream.root.webhooks ?? {}).sort();
    const theirs = { pointer, says: names.join(', ') || absent };
    this.#add('webhooks', 'that upstream describes itself', { pointer, says: absent }, theirs);
    const list = { pointer, values: new Set(names) };
    this.#addLists(this.#vocabularyOf([list]), [list], pointer);
  }

  /** If one side lacks something, its pointer is where it would be: as on the other side, relative to its parent. */
  compareThings(ours: Holder, theirs: Holder): void {
    const fact = (thing: Thing) => ({ pointer: thing.pointer, says: thing.says() });
    const lacks = (holder: Holder, other: Holder, { pointer, at = pointer }: Thing) => ({
      ...{ pointer: homeOf(holder) + at.slice(homeOf(other).length), says: absent },
    });
    for (const key of keysOf(ours.things, theirs.things)) {
      const [our, their] = [ours.things?.get(key), theirs.things?.get(key)];
      if (our && their) {
        this.places.add(our.pointer).add(homeOf(our));
        this.#compareFacts(our.name, our, their);
        if (our.schema && their.schema) this.#compareSchemas(our.name, our.schema, their.schema);
        else if (!our.things) this.#add(our.subject, our.name, fact(our), fact(their));
        this.compareThings(our, their);
      } else if (our) this.#add(our.subject, our.name, fact(our), lacks(theirs, ours, our));
      else if (their) this.#add(their.subject, their.name, lacks(ours, theirs, their), fact(their));
    }
  }

  /** If one side lacks a keyword, its pointer is next to the other keywords there. */
  #compareFacts(name: string, ours: Holder, theirs: Holder): void {
    for (const key of keysOf(ours.facts, theirs.facts)) {
      const fact = (holder: Holder) => holder.facts?.get(key) ?? { pointer: child(homeOf(holder), key), says: absent };
      this.#add(key, name, fact(ours), fact(theirs));
    }
  }

  /** `name` is how findings refer to the place. */
  #compareSchemas(name: string, ourParts: readonly Part[], theirParts: readonly Part[]): void {
    const pair = [ourParts, theirParts].map((parts) => parts.map(({ pointer }) => pointer).join(' ')).join(' — ');
    if (this.#pairs.has(pair)) return;
    this.#pairs.add(pair);
    const ours = readSchema(ourParts, name);
    const theirs = readSchema(theirParts, name);
    this.places.add(ours.site).add(ours.pointer);
    this.#compareFacts(name, ours, theirs);
    if (ours.union || theirs.union) {
      this.#compareUnions(name, ours, theirs);
      return;
    }
    const [our, their] = [ours.type.says, theirs.type.says];
    this.#add('type', name, ours.type, theirs.type);
    // If the types differ, everything below them differs too. If only one side has a type, limits are still compared.
    if (our !== their && our !== absent && their !== absent) return;
    this.#compareValues(name, ours, theirs);
    this.#compareFacts(name, { ...ours, facts: ours.limits }, { ...theirs, facts: theirs.limits });
    if (our === their) this.compareThings(ours, theirs);
  }

  /** Members are matched by name. A schema that is not a union counts as a union with one member, named like its match. */
  #compareUnions(name: string, ours: Schema, theirs: Schema): void {
    const membersOf = ({ union, asMember, name, type, pointer }: Schema, other: Schema): Holder => {
      if (union) return union;
      const known = [name ?? '', type.says].filter((one) => other.union?.things.has(one)).slice(0, 1);
      return { pointer: child(pointer, 'oneOf'), things: new Map(known.map((one) => [one, asMember(one)])) };
    };
    const [our, their] = [membersOf(ours, theirs), membersOf(theirs, ours)];
    const fact = ({ union, pointer, parts }: Schema) => ({ pointer: union?.pointer ?? pointer, says: brief(parts) });
    if (our.things?.size && their.things?.size) this.compareThings(our, their);
    else this.#add('union', name, fact(ours), fact(theirs));
  }

  #compareValues(name: string, ours: Schema, theirs: Schema): void {
    const [list] = ours.values?.lists ?? [];
    const theirLists = theirs.values?.lists ?? [];
    const [first] = theirLists;
    const known = list ?? this.#vocabularyOf(theirLists);
    this.#addLists(known, theirLists, ours.site);
    if (list) this.places.add(list.pointer);
    const areBoth = list !== undefined && first !== undefined;
    // Values that are compared separately are only named here, so that a new value is one finding.
    const subject = subjectOf(known);
    const values = new Set((list ? [list] : theirLists).flatMap((one) => [...one.values]));
    const named = subject === 'enum value' ? [...values].sort().join(' | ') : `${subject}s`;
    const fact = ({ values, pointer }: Schema, at = '') => {
      if (!values) return { pointer: child(pointer, 'enum'), says: absent };
      return { pointer: at, says: areBoth ? (values.open ? 'any string' : 'only the values') : named };
    };
    this.#add(areBoth ? 'openness' : 'enum', name, fact(ours, ours.site), fact(theirs, first?.pointer));
  }

  /** The list of the contract that upstream's lists belong to, if the contract has none at this place. */
  #vocabularyOf(lists: readonly ValueList[]): ValueList | undefined {
    return Object.keys(vocabularies)
      .map((pointer) => ({ pointer, values: new Set((valueAt(this.contract.root, pointer) ?? []) as string[]) }))
      .find((known) => lists.some(({ values }) => [...values].some((value) => known.values.has(value))));
  }

  #addLists(known: ValueList | undefined, lists: readonly ValueList[], site: string): void {
    if (!known) return;
    const { uses } = this.#lists.get(known.pointer) ?? { uses: [] };
    this.#lists.set(known.pointer, { known, uses: [...uses, ...lists.map((list) => ({ list, site }))] });
  }

  /** Compares lists of values at the end, so that each value is one finding, however often upstream repeats it. */
  compareLists(): void {
    for (const { known, uses } of this.#lists.values()) {
      for (const value of new Set([known, ...uses.map(({ list }) => list)].flatMap(({ values }) => [...values]))) {
        const isKnown = known.values.has(value);
        const fact = (pointer: string, has: boolean) => ({ pointer, says: has ? says(value) : absent });
        // If another list of upstream has the value, a list without it is a difference of its own.
        const isListed = uses.some(({ list }) => list.values.has(value));
        for (const { list, site } of uses) {
          const ours = fact(isKnown && isListed ? site : known.pointer, isKnown);
          this.#add(subjectOf(known), value, ours, fact(list.pointer, list.values.has(value)));
        }
      }
    }
  }
}

const keysOf = (ours?: ReadonlyMap<string, unknown>, theirs?: ReadonlyMap<string, unknown>) =>
  new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])]);
