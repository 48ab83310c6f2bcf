import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareExports } from '../../../../scripts/breaking/exports.js';
import type { Finding } from '../../../../scripts/breaking/finding.js';
import { programOf } from '../../../../scripts/lib/compile.js';
import { root } from '../../../../scripts/lib/package.js';

/** A small API with the forms that the package's own has. */
const api = `
import type { Loose, Operation, Schemas } from './generated/openapi.js';

declare const unknownKind: unique symbol;
export type Kind = 'created' | 'closed';
export type UnknownKind = string & { readonly [unknownKind]: true };
type AnyKind = Kind | UnknownKind;

/** Options of a client. */
export interface Options {
  readonly apiKey?: string | undefined;
  readonly retries?: number | undefined;
  readonly limit?: Partial<Limit> | false | undefined;
  readonly log?: ((line: string, level: number) => unknown) | undefined;
}
export type Unreached = { depth: number };
export interface Limit {
  readonly perSecond: number;
}
export interface Input extends Loose<Omit<Schemas['Input'], 'kinds'>> {
  kinds: readonly AnyKind[];
}
export interface Item extends Omit<Schemas['Item'], 'kinds'> {
  kinds?: AnyKind[];
  note: string | null;
  size: number;
  tags: string[];
}
export type Failure = 'refused' | 'late';
export interface Store {
  claim(key: string, options: { readonly ms: number }): Promise<Failure | undefined>;
}
export interface Client<Env = unknown> {
  list(options?: Options): Promise<Item[]>;
  create(input: Input, options?: Options): Promise<Item>;
  on<K extends keyof Events>(kind: K | readonly K[], handler: Handler<Events[K]>): () => void;
  readonly fetch: {
    (url: string, env?: Env): Promise<Result>;
    (url: string, other: object): Promise<Result>;
  };
  readonly maxSize: number;
}
export type Handler<E = Known | UnknownEvent> = (event: E, context: { readonly at: Date }) => unknown;
export interface CreatedEvent {
  readonly type: 'created';
  id: string;
}
export interface ClosedEvent {
  readonly type: 'closed';
}
export interface UnknownEvent {
  readonly type: 'unknown';
  readonly [field: string]: unknown;
}
export interface Events {
  created: CreatedEvent;
  closed: ClosedEvent;
}
export type Known = CreatedEvent | ClosedEvent;
export interface Result {
  readonly status: number;
  readonly outcome: Failure;
  readonly operation: Operation;
  readonly event?: Known | UnknownEvent | undefined;
}
export class ApiError extends Error {
  declare readonly status: number;
  readonly #secret = 1;
  static is(value: unknown): value is ApiError {
    return value instanceof ApiError && value.#secret === 1;
  }
}
export class InputError extends ApiError {
  declare readonly field: string;
}
export declare const kinds: readonly ['created', 'closed'];
export declare const version: string;
export declare function createClient<Env = unknown>(options?: Options): Client<Env>;
export declare function memory(): Store;
export declare function useStore(store: Store): void;
export declare function isKind(value: unknown): value is Kind;
export declare function listen(client: Pick<Client, 'fetch' | 'maxSize'>): void;
export declare function parse(text: string): Known | UnknownEvent;
`;

const generated = `
export type Operation = 'list' | 'create';
export type Loose<T> = { [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };
export interface Schemas {
  Input: { name: string; enabled?: boolean; kinds?: string[] };
  Item: { readonly id: string; name: string; secret?: string; kinds?: string[] };
}
`;

type Edit = readonly [from: string, to: string];
type Case = readonly [what: string, edit: Edit, expected: readonly string[]];

const exports: readonly Case[] = [
  [
    'an export that is gone',
    ['export declare function memory', 'declare function memory'],
    ['major pkg.memory is gone'],
  ],
  [
    'a new export',
    ['export declare const version', 'export declare const more: 1;\nexport declare const version'],
    ['minor pkg.more is new'],
  ],
  ['a type that is gone', ['export interface Limit', 'interface Limit'], ['major pkg.Limit is gone']],
  [
    'a type that no value leads to, and that changed',
    ['export type Unreached = { depth: number }', 'export type Unreached = { depth: string }'],
    ['major Unreached.depth was `number`, is `string`'],
  ],
  [
    'a class that became a type',
    ['export class InputError', 'export type { InputError };\nclass InputError'],
    ['major pkg.InputError is gone'],
  ],
  ['another comment', ['/** Options of a client. */', '/** What a client takes. */'], []],
];

const options: readonly Case[] = [
  [
    'a new option',
    ['perSecond: number;', 'perSecond: number;\n  readonly burst?: number;'],
    ['minor Limit.burst is new'],
  ],
  [
    'a new required option',
    ['readonly apiKey', 'readonly id: string;\n  readonly apiKey'],
    ['major Options.id is new and required'],
  ],
  ['an option that is gone', ['readonly retries?: number | undefined;', ''], ['major Options.retries is gone']],
  [
    'an option that is no longer optional',
    ['apiKey?: string | undefined', 'apiKey: string | undefined'],
    ['major Options.apiKey is no longer optional'],
  ],
  [
    'an option that accepts more',
    ['retries?: number |', 'retries?: number | string |'],
    ['minor Options.retries may now be string'],
  ],
  ['an option that accepts less', ['| false | undefined', '| undefined'], ['major Options.limit is no longer false']],
  [
    'an option that no longer accepts undefined',
    ['retries?: number | undefined', 'retries?: number'],
    ['major Options.retries is no longer undefined'],
  ],
  [
    'an option of another type',
    ['retries?: number |', 'retries?: string |'],
    ['major Options.retries was `number`, is `string`'],
  ],
  [
    'a callback that gets another argument',
    ['level: number) =>', 'level: string) =>'],
    ['major Options.log(level) was `number`, is `string`'],
  ],
  [
    'a callback that gets one argument more',
    ['level: number) =>', 'level: number, at: Date) =>'],
    ['minor Options.log(at) is new'],
  ],
  [
    'a callback that gets one argument less',
    ['line: string, level: number', 'line: string'],
    ['major Options.log(level) is gone'],
  ],
];

const results: readonly Case[] = [
  ['a new property of a result', ['size: number;', 'size: number;\n  weight: number;'], ['minor Item.weight is new']],
  ['a property of a result that is gone', ['  size: number;\n', ''], ['major Item.size is gone']],
  [
    'a property of a result that may be absent',
    ['  size: number;', '  size?: number;'],
    ['major Item.size is now optional'],
  ],
  [
    'a property of a result that is always present',
    ['  kinds?: AnyKind[]', '  kinds: AnyKind[]'],
    ['minor Item.kinds is no longer optional'],
  ],
  [
    'a property of a result that may be null',
    ['size: number', 'size: number | null'],
    ['major Item.size may now be null'],
  ],
  [
    'a property of a result that is never null',
    ['note: string | null', 'note: string'],
    ['minor Item.note is no longer null'],
  ],
  [
    'a readonly property of a result',
    ['  size: number', '  readonly size: number'],
    ['major Item.size is now readonly'],
  ],
  [
    'a property of a result that may be written',
    ['readonly status: number;\n  readonly outcome', 'status: number;\n  readonly outcome'],
    ['minor Result.status is no longer readonly'],
  ],
  [
    'a readonly list in a result',
    ['tags: string[]', 'tags: readonly string[]'],
    ['major Item.tags was `string[]`, is `readonly string[]`'],
  ],
  [
    'a list in an input that must not be readonly',
    ['kinds: readonly AnyKind[]', 'kinds: AnyKind[]'],
    ['major Input.kinds was `readonly AnyKind[]`, is `AnyKind[]`'],
  ],
  [
    'a result that may be undefined',
    [
      'create(input: Input, options?: Options): Promise<Item>',
      'create(input: Input, options?: Options): Promise<Item | undefined>',
    ],
    ['major Client.create() may now be undefined'],
  ],
  ['a result of type any', ['size: number', 'size: any'], ['major Item.size was `number`, is `any`']],
  [
    'a value more in a closed list that is read',
    ["'refused' | 'late'", "'refused' | 'late' | 'lost'"],
    ["major Failure may now be 'lost'", "major Store.claim() may now be 'lost'"],
  ],
  [
    'a value less in a closed list that is read',
    ["'refused' | 'late'", "'refused'"],
    ["major Result.outcome is no longer 'late'", "major Store.claim() is no longer 'late'"],
  ],
];

const lists: readonly Case[] = [
  [
    'a value more in an open list',
    ["Kind = 'created' | 'closed'", "Kind = 'created' | 'closed' | 'rated'"],
    ["minor AnyKind may now be 'rated'"],
  ],
  [
    'a value less in an open list',
    ["Kind = 'created' | 'closed'", "Kind = 'created'"],
    ["major AnyKind is no longer 'closed'"],
  ],
  [
    'an open list that is closed',
    ['Kind | UnknownKind', 'Kind'],
    ['major Item.kinds is no longer UnknownKind', 'major Input.kinds is no longer UnknownKind'],
  ],
  [
    'a value more in a constant list',
    ["['created', 'closed']", "['created', 'closed', 'rated']"],
    ["minor pkg.kinds may now be 'rated'"],
  ],
  [
    'a value less in a constant list',
    ["['created', 'closed']", "['created']"],
    ["major pkg.kinds is no longer 'closed'"],
  ],
  [
    'a new arm of an open union of events',
    ['Known = CreatedEvent | ClosedEvent', 'Known = CreatedEvent | ClosedEvent | Limit'],
    ['minor Result.event may now be Limit', 'minor parse() may now be Limit'],
  ],
  [
    'a new event',
    ['closed: ClosedEvent;', 'closed: ClosedEvent;\n  rated: Limit;'],
    ["minor Client.on(kind) may now be 'rated'", 'minor Events.rated is new'],
  ],
];

const functions: readonly Case[] = [
  [
    'a new method of what the package makes',
    ['readonly maxSize', 'count(): number;\n  readonly maxSize'],
    ['minor Client.count is new'],
  ],
  [
    'a new method of what users may make',
    ['claim(key', 'has(key: string): boolean;\n  claim(key'],
    ['major Store.has is new and required'],
  ],
  ['a method that is gone', ['list(options?: Options): Promise<Item[]>;', ''], ['major Client.list is gone']],
  ['a parameter of another name', ['create(input: Input', 'create(item: Input'], []],
  [
    'a parameter that accepts less',
    ['parse(text: string)', "parse(text: 'a')"],
    ["major parse(text) was `string`, is `'a'`"],
  ],
  [
    'a parameter of a method that accepts less',
    ['claim(key: string', "claim(key: 'a'"],
    ["major Store.claim(key) was `string`, is `'a'`"],
  ],
  [
    'a parameter that is no longer optional',
    ['list(options?: Options)', 'list(options: Options)'],
    ['major Client.list(options) is no longer optional'],
  ],
  [
    'a parameter that may be omitted',
    ['parse(text: string)', 'parse(text?: string)'],
    ['minor parse(text) is now optional'],
  ],
  ['a new parameter', ['parse(text: string)', 'parse(text: string, strict?: boolean)'], ['minor parse(strict) is new']],
  [
    'a new required parameter',
    ['parse(text: string)', 'parse(text: string, strict: boolean)'],
    ['major parse(strict) is new and required'],
  ],
  [
    'a parameter that is gone',
    ['createClient<Env = unknown>(options?: Options)', 'createClient<Env = unknown>()'],
    ['major createClient(options) is gone'],
  ],
  [
    'a function that is called in one way less',
    ['(url: string, other: object): Promise<Result>;', ''],
    ['major Client.fetch can be called in fewer ways'],
  ],
  [
    'a function that is called in one way more',
    [
      '(url: string, other: object): Promise<Result>;',
      '(url: string, other: object): Promise<Result>;\n(url: Date): Promise<Result>;',
    ],
    ['minor Client.fetch can be called in more ways'],
  ],
  [
    'a part of an object that must have more',
    ["'fetch' | 'maxSize'", "'fetch' | 'maxSize' | 'list'"],
    ['major listen(client) now needs list'],
  ],
  [
    'a member that others inherit, once',
    ['declare readonly status: number;', 'declare readonly status: string;'],
    ['major ApiError.status was `number`, is `string`'],
  ],
  [
    'a class with another base',
    ['class InputError extends ApiError', 'class InputError extends Error'],
    ['major InputError.is is gone', 'major InputError.status is gone'],
  ],
  [
    'a function that is no longer async',
    ['create(input: Input, options?: Options): Promise<Item>', 'create(input: Input, options?: Options): Item'],
    ['major Client.create() was `Promise<Item>`, is `Item`'],
  ],
  [
    'a function that takes something other than a function',
    ['handler: Handler<Events[K]>', 'handler: string'],
    ['major Client.on(handler) was `Handler<Events[K]>`, is `string`'],
  ],
];

const same: readonly Case[] = [
  [
    'a type written as an interface',
    ['export type Known = CreatedEvent | ClosedEvent', 'export type Known = ClosedEvent | (CreatedEvent)'],
    [],
  ],
  ['an array', ['tags: string[]', 'tags: Array<string>'], []],
  ['order', ['  note: string | null;\n  size: number;', '  size: number;\n  note: null | string;'], []],
  ['a private member', ['readonly #secret = 1;', 'readonly #secret = 1;\n  private more = 2;'], []],
  ['an interface as a type', ['export interface Limit {', 'export type Limit = {'], []],
  [
    'type parameter',
    [
      'on<K extends keyof Events>(kind: K | readonly K[], handler: Handler<Events[K]>)',
      'on<T extends keyof Events>(kind: T | readonly T[], handler: Handler<Events[T]>)',
    ],
    [],
  ],
];

const cases = [...exports, ...options, ...results, ...lists, ...functions, ...same];

/** All surfaces in one program, so that the compiler's library is read once. */
const at = (folder: string | number) => join(root, `test/surfaces/${folder}/index.ts`);
const texts = new Map([[at('old'), api]]);
for (const [index, [, [from, to]]] of cases.entries()) {
  if (!api.includes(from)) throw new Error(`The API does not have ${from}`);
  texts.set(at(index), api.replace(from, to));
}
for (const file of [...texts.keys()]) texts.set(join(file, '../generated/openapi.ts'), generated);
const rate = generated
  .replace("'create'", "'create' | 'rate'")
  .replace('secret?: string', 'secret: string; more: number');
texts.set(at('contract'), api);
texts.set(join(at('contract'), '../generated/openapi.ts'), rate);
const program = programOf(texts, { root, options: { lib: ['lib.es2022.d.ts'], exactOptionalPropertyTypes: true } });

const compare = (folder: string | number) =>
  compareExports(program, new Map([['pkg', at('old')]]), new Map([['pkg', at(folder)]]));

const textsOf = (findings: readonly Finding[]) => findings.map(({ level, where, what }) => `${level} ${where} ${what}`);

describe('two sets of exports', () => {
  it('compile', () => {
    expect(program.getSemanticDiagnostics().map(({ messageText }) => messageText)).toEqual([]);
  });

  it.each(cases.map(([what, , expected], index) => ({ what, expected, index })))(
    'report $what',
    ({ expected, index }) => {
      expect(textsOf(compare(index))).toEqual(expected);
    },
  );

  it('mark changes in generated code, where readers expect additions', () => {
    const findings = compare('contract');
    expect(textsOf(findings)).toEqual([
      'minor Item.secret is no longer optional',
      'minor Item.more is new',
      "minor Operation may now be 'rate'",
    ]);
    expect(findings.map(({ isGenerated }) => isGenerated)).toEqual([true, true, true]);
  });
});
