import { describe, expect, it } from 'vitest';
import { compareApi } from '../../../../scripts/breaking/api.js';
import { changesOf, reportOf } from './report.js';

/** What one change says, and what the reverse of it says. */
const reversible: readonly (readonly [
  what: string,
  before: string,
  now: string,
  there: readonly string[],
  back: readonly string[],
])[] = [
  [
    'a class is abstract',
    'class C {\n  a: string;\n}',
    'abstract class C {\n  a: string;\n}',
    ['major C is now abstract'],
    ['minor C is no longer abstract'],
  ],
  [
    'a constructor is private',
    'class C {\n  constructor(a: string);\n}',
    'class C {\n  private constructor();\n}',
    ['major C.constructor was public, is private', 'major C.constructor no longer has the parameter a'],
    [
      'minor C.constructor was private, is public',
      'major C.constructor has the new parameter `a: string`, which calls do not give',
    ],
  ],
  [
    'a constructor is protected',
    'class C {\n  constructor(a: string);\n}',
    'class C {\n  protected constructor(a: string);\n}',
    ['major C.constructor was public, is protected'],
    ['minor C.constructor was protected, is public'],
  ],
  [
    'a class that had none has a private constructor',
    'class C {\n  a: string;\n}',
    'class C {\n  private constructor();\n  a: string;\n}',
    ['major C.constructor is new and private, so that `new` is refused'],
    ['minor C.constructor is gone'],
  ],
  [
    'a class that had none has a protected constructor',
    'class C {\n  a: string;\n}',
    'class C {\n  protected constructor();\n  a: string;\n}',
    ['major C.constructor is new and protected, so that `new` is refused'],
    ['major C.constructor is gone'],
  ],
  [
    'a class that had none has a constructor that takes something',
    'class C {\n  a: string;\n}',
    'class C {\n  constructor(a: string);\n  a: string;\n}',
    ['major C.constructor is new and asks for more than that of the base may have done'],
    ['major C.constructor is gone'],
  ],
  [
    'a class that had none has a constructor that takes nothing',
    'class C {\n  a: string;\n}',
    'class C {\n  constructor(a?: string);\n  a: string;\n}',
    ['minor C.constructor is new'],
    ['major C.constructor is gone'],
  ],
  [
    'a method is protected',
    'class C {\n  a(): void;\n}',
    'class C {\n  protected a(): void;\n}',
    ['major C.a was public, is protected'],
    ['minor C.a was protected, is public'],
  ],
  [
    'a property is protected',
    'class C {\n  readonly a: string;\n}',
    'class C {\n  protected readonly a: string;\n}',
    ['major C.a was public, is protected'],
    ['minor C.a was protected, is public'],
  ],
  [
    'a method is abstract',
    'abstract class C {\n  a(): void;\n}',
    'abstract class C {\n  abstract a(): void;\n}',
    ['major C.a is now abstract'],
    ['minor C.a is no longer abstract'],
  ],
  [
    'an abstract method is new',
    'abstract class C {\n  a(): void;\n}',
    'abstract class C {\n  a(): void;\n  abstract b(): void;\n}',
    ['major C.b is new and abstract, which classes that extend it lack'],
    ['major C.b is gone'],
  ],
  [
    'a member is static',
    'class C {\n  a(): void;\n}',
    'class C {\n  static a(): void;\n}',
    ['major C.a is gone', 'minor C.static a is new'],
    ['major C.static a is gone', 'minor C.a is new'],
  ],
  [
    'a property is readonly',
    'class C {\n  a: string;\n}',
    'class C {\n  readonly a: string;\n}',
    ['major C.a is now readonly'],
    ['minor C.a may now be written'],
  ],
  [
    'a getter has no setter',
    'class C {\n  get a(): string;\n  set a(value: string | number);\n}',
    'class C {\n  get a(): string;\n}',
    ['major C.a is now readonly'],
    ['minor C.a may now be written'],
  ],
  [
    'a setter takes less',
    'class C {\n  get a(): string;\n  set a(value: string | number);\n}',
    'class C {\n  get a(): string;\n  set a(value: string);\n}',
    ['major C.a no longer takes number'],
    ['minor C.a also takes number'],
  ],
  [
    'a property is a getter, which a class that extends it may not replace',
    'class C {\n  readonly a: string;\n}',
    'class C {\n  get a(): string;\n}',
    ['major C.a was `readonly a: string;`, is `get a(): string;`'],
    ['major C.a was `get a(): string;`, is `readonly a: string;`'],
  ],
  [
    'a list that is given is readonly',
    'function f(): string[];',
    'function f(): readonly string[];',
    ['major f() is now readonly'],
    ['minor f() may now be written to'],
  ],
  [
    'a list that is taken is readonly',
    'function f(a: string[]): void;',
    'function f(a: readonly string[]): void;',
    ['minor f(a) is now readonly'],
    ['major f(a) may now be written to'],
  ],
  [
    'an option is required',
    'interface Options {\n  a?: string;\n}\n\nfunction f(options: Options): void;',
    'interface Options {\n  a: string;\n}\n\nfunction f(options: Options): void;',
    ['major Options.a is now required, so that what was given before is refused'],
    ['minor Options.a may now be absent'],
  ],
  [
    'a function has an overload more',
    'function f(a: string): void;',
    'function f(a: string): void;\nfunction f(a: number): void;',
    ['minor f is also `function f(a: number): void;`'],
    ['major f is no longer `function f(a: number): void;`'],
  ],
  [
    'one overload of two takes more',
    'function f(a: string): void;\nfunction f(a: number): void;',
    'function f(a: string): void;\nfunction f(a: number | bigint): void;',
    ['minor f(a) also takes bigint'],
    ['major f(a) no longer takes bigint'],
  ],
  [
    'a method has an overload more',
    'class C {\n  a(b: string): void;\n}',
    'class C {\n  a(b: string): void;\n  a(b: number): void;\n}',
    ['minor C.a is also `a(b: number): void;`'],
    ['major C.a is no longer `a(b: number): void;`'],
  ],
  [
    'a method of what the user makes has an overload more',
    'interface Store {\n  a(b: string): void;\n}\n\nfunction f(store: Store): void;',
    'interface Store {\n  a(b: string): void;\n  a(b: number): void;\n}\n\nfunction f(store: Store): void;',
    ['major Store.a is also `a(b: number): void;`'],
    ['major Store.a is no longer `a(b: number): void;`'],
  ],
  [
    'a type parameter is new',
    'function f(a: string): void;',
    'function f<T>(a: string): void;',
    ['major f has the new type parameter `T`, which those who name its arguments do not give'],
    ['major f no longer has the type parameter `T`'],
  ],
  [
    'a type parameter with a default is new',
    'class Box<A> {\n  a: A;\n}',
    'class Box<A, B = unknown> {\n  a: A;\n}',
    ['minor Box has the new type parameter `B = unknown`'],
    ['major Box no longer has the type parameter `B = unknown`'],
  ],
  [
    'a type parameter has a default',
    'class Box<A> {\n  a: A;\n}',
    'class Box<A = string> {\n  a: A;\n}',
    ['minor Box<A> may now be left out'],
    ['major Box<A> can no longer be left out'],
  ],
  [
    'a type parameter has another default',
    'type Box<A = string> = {\n  a: A;\n};\n\nfunction f(): Box;',
    'type Box<A = number> = {\n  a: A;\n};\n\nfunction f(): Box;',
    ['major Box<A> was `string` where it is left out, is `number`'],
    ['major Box<A> was `number` where it is left out, is `string`'],
  ],
  [
    'a type parameter has a constraint',
    'function f<T>(a: T): void;',
    'function f<T extends object>(a: T): void;',
    ['major f<T> now has to extend `object`'],
    ['minor f<T> no longer has to extend `object`'],
  ],
  [
    'a type parameter has a wider constraint',
    'interface Box<T extends string> {\n  a: T;\n}\n\nfunction f(): Box<string>;',
    'interface Box<T extends string | number> {\n  a: T;\n}\n\nfunction f(): Box<string>;',
    ['minor Box<T> also takes number'],
    ['major Box<T> no longer takes number'],
  ],
];

describe('two reports of the API', () => {
  it.each(reversible)('say that %s, and that it no longer is so', (_, before, now, there, back) => {
    expect(changesOf(before, now)).toEqual(there);
    expect(changesOf(now, before)).toEqual(back);
  });

  it('say that a value is exported as a type only, and that it no longer is so', () => {
    const [value, type] = [reportOf('class C {}'), reportOf('class C {}', ' (type only)')];
    expect(compareApi(value, type)).toEqual([
      {
        level: 'major',
        where: 'dixa-webhooks: C',
        what: 'is exported as a type only, so that nobody can call, make or extend it',
      },
    ]);
    expect(compareApi(type, value)).toEqual([
      { level: 'minor', where: 'dixa-webhooks: C', what: 'is now exported as a value too' },
    ]);
    expect(compareApi(type, type)).toEqual([]);
  });
});
