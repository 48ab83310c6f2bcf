import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const expectation = /^\s*\/\/ @ts-expect-error (.+)$/;

/** The compiler options of a TypeScript project beside those that every case is compiled with. */
export type Strictness = Pick<ts.CompilerOptions, 'strict' | 'exactOptionalPropertyTypes' | 'noUncheckedIndexedAccess'>;

/**
 * Compiles files in which each line that must not compile stands under `// @ts-expect-error <part of the message>`.
 * Gives what is wrong: errors that no comment expects, comments whose error did not come, and other messages.
 */
export function checkExpectations(files: readonly string[], strictness: Strictness): string[] {
  const options: ts.CompilerOptions = {
    ...strictness,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    // Of the two back ends, the one that needs no types of Node.
    paths: { '#hmac': [join(import.meta.dirname, '../../src/receiver/hmac/web.ts')] },
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  // Without the directive the compiler reports the errors, with their messages.
  host.readFile = (name) =>
    files.includes(name) ? readFile(name)?.replaceAll('@ts-expect-error', '@expected') : readFile(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    files.includes(name)
      ? ts.createSourceFile(name, host.readFile(name) ?? '', ...(rest.slice(0, 1) as [ts.ScriptTarget]))
      : getSourceFile(name, ...rest);

  const program = ts.createProgram([...files], options, host);
  const expected = new Map(files.flatMap(expectationsIn));
  const problems: string[] = [];
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const place = `${file?.fileName}:${line}`;
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    const part = expected.get(place);
    if (part === undefined) problems.push(`${place} does not compile: ${message}`);
    else if (!message.includes(part)) problems.push(`${place} fails with another message: ${message}`);
    expected.delete(place);
  }
  for (const [place, part] of expected) problems.push(`${place} compiles, but should fail: ${part}`);
  return problems;
}

/** The place of each line that must not compile, with a part of the message. */
function expectationsIn(file: string): [place: string, part: string][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const part = expectation.exec(text)?.[1];
      return part === undefined ? [] : [[`${file}:${index + 2}`, part] as [string, string]];
    });
}
