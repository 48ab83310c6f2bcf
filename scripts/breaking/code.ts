import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { CompileSettings, Problem } from '../lib/compile.js';
import { readmeFile } from '../lib/package.js';
import { compileSnippets, givenFile, snippetsIn } from '../lib/readme-snippets.js';
import { checkExpectations } from '../lib/type-expectations.js';
import type { Finding } from './finding.js';
import type { Release } from './release.js';

/** Compiles the type tests, README snippets and examples of a release against the current sources. */
export async function compileOldCode({ read }: Pick<Release, 'read'>, settings: CompileSettings): Promise<Finding[]> {
  const { root } = settings;
  const cases = new Map([...read(['test/types/cases'])].map(([file, text]) => [join(root, file), text]));
  const others = read([readmeFile, givenFile]);
  const given = others.get(givenFile) ?? (await readFile(join(root, givenFile), 'utf8'));
  const files = [...read(['examples'])].filter(([file]) => file.endsWith('.ts'));
  const examples = files.map(([file, code]) => ({ file, line: 1, code }));
  const snippets = [...snippetsIn(others.get(readmeFile) ?? ''), ...examples];
  const options = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const problems = [
    // A different message for an expected error does not matter.
    ...checkExpectations(cases, { ...settings, options }).filter(({ kind }) => kind !== 'fails with another message'),
    ...withoutOtherPackages(compileSnippets(snippets, given, settings)),
  ];
  const findings = problems.map(({ file, line, message, ...problem }): Finding => {
    const where = `${relative(root, resolve(root, file))}:${line}`;
    const isLooser = 'kind' in problem && problem.kind === 'compiles';
    if (isLooser) return { level: 'minor', where, what: `did not compile ("${message}"), but does now` };
    return { level: 'major', where, what: `no longer compiles: ${message}` };
  });
  // An error in the sources is reported for both.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Leaves out errors about modules that are not installed, and about the types that are missing because of that. */
function withoutOtherPackages<T extends Problem>(problems: readonly T[]): T[] {
  const isMissing = ({ code }: Problem) => code === 2307 || code === 2882;
  const files = new Set(problems.filter(isMissing).map(({ file }) => file));
  return problems.filter(
    (each) =>
      !isMissing(each) && each.code !== 2304 && !(files.has(each.file) && [2347, 7006, 7031].includes(each.code)),
  );
}
