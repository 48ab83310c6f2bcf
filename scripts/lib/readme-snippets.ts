import { join, relative } from 'node:path';
import { type CompileSettings, compileTexts, type Problem } from './compile.js';
import { readmeFile } from './package.js';

/** What the snippets take for granted. */
export const givenFile = 'test/types/readme-given.d.ts';

export interface Snippet {
  /** The line of the README that it begins at. */
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of TypeScript. */
export function snippetsIn(readme: string): Snippet[] {
  return [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    line: readme.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }));
}

/** What the compiler says of them, with the README's lines; and of what they take for granted. */
export function compileSnippets(snippets: readonly Snippet[], given: string, settings: CompileSettings): Problem[] {
  const { root } = settings;
  const texts = new Map([[join(root, givenFile), given]]);
  const lines = new Map<string, number>();
  for (const { line, code } of snippets) {
    const file = join(root, `test/types/readme-${line}.ts`);
    texts.set(file, `${code}\nexport {};`);
    lines.set(file, line);
  }
  const problems = compileTexts(texts, { ...settings, options: { types: ['node'] } });
  return problems.map((problem) => {
    const begins = lines.get(problem.file);
    return begins === undefined
      ? { ...problem, file: relative(root, problem.file) }
      : { ...problem, file: readmeFile, line: begins + problem.line - 1 };
  });
}
