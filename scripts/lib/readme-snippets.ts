import { join, relative } from 'node:path';
import { type CompileSettings, compileTexts, type Problem } from './compile.js';
import { readmeFile } from './package.js';

/** What the snippets take for granted. */
export const givenFile = 'test/types/readme-given.d.ts';

export interface Snippet {
  /** The file that it is from, if that is not the README. */
  readonly file?: string;
  /** The line that it begins at. */
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of a language. */
export function snippetsIn(readme: string, language = 'ts'): Snippet[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => ({
    line: readme.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }));
}

/** The errors in them and in what they take for granted, by the lines of the files that they are from. */
export function compileSnippets(snippets: readonly Snippet[], given: string, settings: CompileSettings): Problem[] {
  const { root } = settings;
  const texts = new Map([[join(root, givenFile), given]]);
  const sources = new Map<string, Snippet>();
  for (const [index, snippet] of snippets.entries()) {
    const file = join(root, `test/types/snippet-${index}.ts`);
    texts.set(file, `${snippet.code}\nexport {};`);
    sources.set(file, snippet);
  }
  const problems = compileTexts(texts, { ...settings, options: { types: ['node'] } });
  return problems.map((problem) => {
    const source = sources.get(problem.file);
    if (!source) return { ...problem, file: relative(root, problem.file) };
    return { ...problem, file: source.file ?? readmeFile, line: source.line + problem.line - 1 };
  });
}
