import { packageFile, runNode } from '../lib/run-node.js';

/** What the type checker has to do for a program, in the checker alone. */
export interface TypeCheck {
  readonly instantiations: number;
  readonly ms: number;
}

const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node --ignoreConfig'.split(
  ' ',
);

/** Type-checks a program on one thread, so that its work is the same each time. */
export async function measureTypeCheck(file: string, cwd: string): Promise<TypeCheck> {
  const compiler = packageFile('typescript-native', 'bin/tsc');
  const { code, stdout } = await runNode([compiler, ...options, '--singleThreaded', '--extendedDiagnostics', file], {
    cwd,
  });
  if (code !== 0) throw new Error(`${file} does not compile:\n${stdout}`);
  return { instantiations: figure(stdout, 'Instantiations'), ms: figure(stdout, 'Check time') * 1000 };
}

function figure(diagnostics: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+([\\d.]+)s?$`, 'm').exec(diagnostics)?.[1];
  if (found === undefined) throw new Error(`The type checker does not tell "${name}".`);
  return Number(found);
}
