import { describe, expect, it } from 'vitest';
import { compareApi } from '../../../../scripts/breaking/api.js';
import { DeclarationError } from '../../../../scripts/generate/api/declaration-error.js';
import { readModules } from '../../../../scripts/generate/api/modules.js';
import { parseReport, renderReport } from '../../../../scripts/generate/api/report.js';
import { collectSurface } from '../../../../scripts/generate/api/surface.js';

const classFile =
  '/** A class. */\nexport class C {\n  private constructor() {}\n  static make(): C {\n    return new C();\n  }\n}\n';

/** The api.md of an entry point `index.ts`, beside other files. */
function apiOf(index: string, others: Record<string, string> = { 'c.ts': classFile }): string {
  const files: Record<string, string> = { ...others, 'index.ts': index };
  const modules = readModules((file) => files[file]);
  return renderReport(collectSurface(modules, new Map([['pkg', 'index.ts']])), modules);
}

const value = apiOf("export { C } from './c.js';");

describe('api.md', () => {
  it.each([
    ['a statement', "export type { C } from './c.js';"],
    ['a single name', "export { type C } from './c.js';"],
    ['a statement of its own', "import { C } from './c.js';\nexport type { C };"],
    ['everything', "export type * from './c.js';"],
    ['an import of a statement', "import type { C } from './c.js';\nexport { C };"],
    ['an import of a single name', "import { type C } from './c.js';\nexport { C };"],
  ])('tells of a value that %s exports as a type only', (_, index) => {
    const api = apiOf(index);
    expect(api).toContain('### `C` (type only)\n\nA class.\n\n```ts\nclass C {');
    expect(parseReport(api).entries.get('pkg')?.get('C')).toMatchObject({ typeOnly: true });
    expect(compareApi(value, api).map(({ level, where }) => `${level} ${where}`)).toEqual(['major pkg: C']);
    expect(compareApi(api, value).map(({ level, where }) => `${level} ${where}`)).toEqual(['minor pkg: C']);
  });

  it('tells of it where it went through several modules, and not where nothing is lost by it', () => {
    const through = { 'c.ts': classFile, 'b.ts': "export { type C } from './c.js';" };
    expect(apiOf("export * from './b.js';", through)).toContain('### `C` (type only)');
    expect(value).toContain('### `C`\n');
    expect(apiOf("export type { I } from './i.js';", { 'i.ts': 'export interface I {}' })).toContain('### `I`\n');
    const needed = "import type { C } from './c.js';\nexport function f(c: C): void {}";
    expect(apiOf(needed)).toContain('### `C`\n');
  });

  it('tells of a private constructor, and of nothing else that is private', () => {
    expect(value).toContain('class C {\n  private constructor();\n  static make(): C;\n}');
    const secret = 'export class C {\n  private a = 1;\n  #b = 2;\n  private c(): void {}\n}\n';
    expect(apiOf("export { C } from './c.js';", { 'c.ts': secret })).toContain('class C {}');
  });

  it.each([
    ['export * as ns', "export * as ns from './c.js';", "`export * as ns from './c.js';`. Export each name by itself."],
    ['export default', 'export default 1;', '`export default 1;`. Give it a name, and export that.'],
    [
      'export default of a declaration',
      'export default function f(): void {}',
      '`export default function f(): void {}`. Give it a name',
    ],
    ['export =', 'const a: number = 1;\nexport = a;', '`export = a;`. Give it a name'],
    ['a namespace', 'export namespace N {}', '`export namespace N {}`. Declare its parts in the module itself.'],
    ['a declaration of another module', "declare module 'x' {}", "`declare module 'x' {}`. Declare its parts"],
    ['export import', "export import a = require('./c.js');", 'Export each name by itself.'],
    [
      'an import of all, where it is needed',
      "import type * as all from './c.js';\nexport function f(c: all.C): void {}",
      'Import it by its name, in braces.',
    ],
    [
      'an import of a default, where it is needed',
      "import type D from './c.js';\nexport function f(d: D): void {}",
      'Import it by its name, in braces.',
    ],
  ])('is refused for %s', (_, index, message) => {
    expect(() => apiOf(index)).toThrow(DeclarationError);
    expect(() => apiOf(index)).toThrow('index.ts: api.md cannot tell of ');
    expect(() => apiOf(index)).toThrow(message);
  });
});
