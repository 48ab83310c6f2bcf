import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** What the README's snippets take for granted. */
const given = `
declare const dixa: import('dixa-webhooks').DixaWebhooks;
declare const createDixaWebhooks: typeof import('dixa-webhooks').createDixaWebhooks;
declare const id: string;
declare const secret: string;
declare const newSecret: string;
declare const oldSecret: string;
declare const receiver: import('dixa-webhooks/receiver').Receiver;
declare const redis: import('dixa-webhooks/receiver/redis').RedisClient;
declare const vault: {
  store(id: string, secret: string): Promise<void>;
  load(id: string): Promise<string | undefined>;
};
`;

/** The fenced blocks of a language, each with the line it begins at. */
function blocks(language: string): { line: number; code: string }[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map((match) => ({
    line: readme.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }));
}

/** What the compiler says of the snippets, with the README's line numbers. */
function compile(snippets: readonly { line: number; code: string }[]): string[] {
  const files = new Map(
    snippets.map(({ line, code }) => [join(root, `test/types/readme-${line}.ts`), `${code}\nexport {};`]),
  );
  const globals = join(root, 'test/types/readme-given.d.ts');
  const sources = new Map([...files, [globals, given]]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    skipLibCheck: true,
    paths: {
      'dixa-webhooks': [join(root, 'src/index.ts')],
      'dixa-webhooks/receiver': [join(root, 'src/receiver/index.ts')],
      'dixa-webhooks/receiver/*': [join(root, 'src/receiver/*.ts')],
      '#hmac': [join(root, 'src/receiver/hmac/node.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const source = sources.get(name);
    return source === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, source, target);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host))
    .map(({ file, start, messageText }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
      const begins = Number(/readme-(\d+)/.exec(file?.fileName ?? '')?.[1] ?? 0);
      return `README.md:${begins + line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

describe('the README', () => {
  it('shows code that compiles', () => {
    expect(blocks('ts').length).toBeGreaterThan(10);
    expect(compile(blocks('ts'))).toEqual([]);
  });

  it('would be found out if its code did not compile', () => {
    expect(compile([{ line: 7, code: 'const ok = 1;\ndixa.lst();' }])).toEqual([
      "README.md:8 Property 'lst' does not exist on type 'DixaWebhooks'. Did you mean 'list'?",
    ]);
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name);
    const builtIn = ['ci', 'install'];
    expect(named.filter((name) => !(name in scripts) && !builtIn.includes(name))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});
