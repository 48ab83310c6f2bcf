import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSnippets, givenFile, type Snippet, snippetsIn } from '../../scripts/lib/readme-snippets.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const reference = readFileSync(join(root, 'docs/reference.md'), 'utf8');

const given = readFileSync(join(root, givenFile), 'utf8');

const compile = (snippets: readonly Snippet[]) =>
  compileSnippets(snippets, given, { root }).map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('the README', () => {
  it('shows code that compiles, as the reference does', () => {
    const snippets = [
      ...snippetsIn(readme),
      ...snippetsIn(reference).map((snippet) => ({ ...snippet, file: 'docs/reference.md' })),
    ];
    expect(snippets.length).toBeGreaterThan(10);
    expect(compile(snippets)).toEqual([]);
  });

  it('can be finished', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(350);
  });

  it('fails if its code does not compile', () => {
    expect(compile([{ line: 7, code: 'const ok = 1;\ndixa.lst();' }])).toEqual([
      "README.md:8 Property 'lst' does not exist on type 'DixaWebhooks'. Did you mean 'list'?",
    ]);
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name);
    const builtIn = ['ci', 'install', 'pack'];
    expect(named.filter((name) => !(name in scripts) && !builtIn.includes(name))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it('links only to headings that exist, in itself and in the reference', () => {
    const anchorsOf = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/ /g, '-'));
    const linksTo = (file: string) =>
      [...readme.matchAll(new RegExp(`\\]\\(${file}#([^)]+)\\)`, 'g'))].map(([, anchor = '']) => anchor);
    expect(linksTo('').filter((anchor) => !anchorsOf(readme).includes(anchor))).toEqual([]);
    expect(linksTo('docs/reference.md').filter((anchor) => !anchorsOf(reference).includes(anchor))).toEqual([]);
  });
});
