import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { CompileSettings } from '../lib/compile.js';
import { readmeFile } from '../lib/package.js';
import { compileSnippets, givenFile, snippetsIn } from '../lib/readme-snippets.js';
import { checkExpectations } from '../lib/type-expectations.js';
import type { Finding } from './finding.js';
import type { Release } from './release.js';

/** Compiles the type tests, the README's snippets and the examples of a release with the sources of now. */
export async function compileOldCode({ read }: Pick<Release, 'read'>, settings: CompileSettings): Promise<Finding[]> {
  const cases = read(['test/types/cases']);
  const examples = [...read(['examples'])].filter(([file]) => file.endsWith('.ts'));
  const others = read([readmeFile, givenFile]);
  const given = others.get(givenFile) ?? (await readFile(join(settings.root, givenFile), 'utf8'));
  const snippets = [
    ...snippetsIn(others.get(readmeFile) ?? ''),
    ...examples.map(([file, code]) => ({ file, line: 1, code })),
  ];
  const problems = compileSnippets(snippets, given, settings).filter(({ code }) => !otherPackages.includes(code));
  const findings = [
    ...compileCases(cases, settings),
    ...problems.map(({ file, line, message }) => noLongerCompiles(`${file}:${line}`, message)),
  ];
  // A mistake in the sources is found by both.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** What a test wanted refused and now compiles is a loosening; another wording of the compiler is nothing. */
function* compileCases(cases: ReadonlyMap<string, string>, settings: CompileSettings): Generator<Finding> {
  const texts = new Map([...cases].map(([file, text]) => [join(settings.root, file), text]));
  const options = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  for (const { file, line, kind, message } of checkExpectations(texts, { ...settings, options })) {
    const where = `${relative(settings.root, file)}:${line}`;
    if (kind === 'does not compile') yield noLongerCompiles(where, message);
    if (kind === 'compiles') yield { level: 'minor', where, what: `did not compile ("${message}"), and does now` };
  }
}

const noLongerCompiles = (where: string, message: string): Finding => ({
  level: 'major',
  where,
  what: `compiled, and does not any more: ${message}`,
});

/** The compiler's codes for a module that is not installed, and for what therefore has no type. Entry points are compared elsewhere. */
const otherPackages = [2307, 2347, 2882, 7006, 7031];
