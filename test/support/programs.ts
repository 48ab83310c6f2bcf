import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/lib/package.js';

/** Within the examples' packages, which all of these programs import. */
const folder = join(root, 'examples/node_modules/.cache/dixa-webhooks');

/** Compiles what the tests run as processes of their own: most of the time of each would go to starting tsx. */
export async function compilePrograms(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [
      'examples/*.ts',
      'examples/*.tsx',
      'test/examples/hosts/*.ts',
      'test/examples/tell-port.ts',
      'test/redis/worker.ts',
    ],
    outbase: root,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}

/** Where the compiled program of a file is. */
export function compiled(file: string): string {
  return join(folder, relative(root, file)).replace(/\.tsx?$/, '.mjs');
}
