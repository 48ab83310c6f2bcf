import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { CompileSettings } from '../lib/compile.js';
import { readmeFile } from '../lib/package.js';
import { compileSnippets, givenFile, snippetsIn } from '../lib/readme-snippets.js';
import { checkExpectations } from '../lib/type-expectations.js';
import type { Finding } from './finding.js';

/** What the release had, by its path in the project; undefined for what it had not. */
export type ReadOld = (file: string) => Promise<string | undefined>;

export const casesFolder = 'test/types/cases';

/** Compiles the type tests (`files`) and the README's snippets of a release over the sources of now. */
export async function compileOldCode(
  files: readonly string[],
  readOld: ReadOld,
  settings: CompileSettings,
): Promise<Finding[]> {
  const cases = new Map<string, string>();
  for (const file of files) cases.set(join(settings.root, file), (await readOld(file)) ?? '');
  const readme = (await readOld(readmeFile)) ?? '';
  const given = (await readOld(givenFile)) ?? (await readFile(join(settings.root, givenFile), 'utf8'));
  const findings = [...compileCases(cases, settings), ...compileReadme(readme, given, settings)];
  // A mistake in the sources shows in both.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** What a test wanted refused and now compiles is a loosening; another wording of the compiler is nothing. */
function* compileCases(cases: ReadonlyMap<string, string>, settings: CompileSettings): Generator<Finding> {
  const options = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  for (const { file, line, kind, message } of checkExpectations(cases, { ...settings, options })) {
    const where = `${relative(settings.root, file)}:${line}`;
    if (kind === 'does not compile')
      yield { level: 'major', where, what: `compiled, and does not any more: ${message}` };
    if (kind === 'compiles') yield { level: 'minor', where, what: `was refused ("${message}"), and compiles now` };
  }
}

/** The compiler's codes for a module that is not there: one that names are imported from, and one that none are. */
const moduleNotFound = [2307, 2882];

/** A snippet may import a package that the project has no longer installed: that says nothing of this one. */
function* compileReadme(readme: string, given: string, settings: CompileSettings): Generator<Finding> {
  for (const { file, line, code, message } of compileSnippets(snippetsIn(readme), given, settings)) {
    const foreign = moduleNotFound.includes(code) && !message.includes("'dixa-webhooks");
    const where = `${file}:${line}`;
    if (foreign) yield { level: 'patch', where, what: `cannot be judged any more: ${message}` };
    else yield { level: 'major', where, what: `compiled, and does not any more: ${message}` };
  }
}
