import { join, relative } from 'node:path';
import { type CompileSettings, compileTexts, type Problem } from './compile.js';
import { readmeFile } from './package.js';

/** Declarations that the snippets use without defining them. */
export const givenFile = 'test/types/readme-given.d.ts';

export interface Snippet {
  /** The file that contains it, if not the README. */
  readonly file?: string;
  /** The line at which it starts. */
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

/** The errors in snippets and in the given declarations, with the files and lines that contain them. */
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
