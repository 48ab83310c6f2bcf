import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { manifest, root } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';

/** Programs that use a part of the built package, and the limit of each in bytes, minified and gzipped. */
export const sizeLimits = {
  'all exports of the client': { program: `export * from '${manifest.name}'`, limit: 13_500 },
  'all exports of the receiver': { program: `export * from '${manifest.name}/receiver'`, limit: 6_600 },
  'verifySignature alone': { program: `export { verifySignature } from '${manifest.name}/receiver'`, limit: 2_200 },
  'manage, without client and receiver': {
    program: `export * from './dist/manage/index.js'`,
    external: [manifest.name],
    limit: 4_000,
  },
} as const;

/** Files that are minified already, and the most bytes of each. */
export const fileLimits: FileLimits = { 'dist/cli.js': 100_000 };

type FileLimits = Readonly<Record<string, number>>;
type Limits = Readonly<
  Record<string, { readonly program: string; readonly external?: readonly string[]; readonly limit: number }>
>;

/** Checks that bundles of the built package stay small, in browsers and on Node, and the command with them. */
export async function main(
  _args: string[] = [],
  limits: Limits = sizeLimits,
  files: FileLimits = fileLimits,
): Promise<number> {
  const rows: string[][] = [];
  for (const [name, { program, external = [], limit }] of Object.entries(limits)) {
    for (const platform of ['browser', 'node'] as const) {
      const bytes = await bundledSize(program, { platform, external });
      rows.push([name, platform, `${bytes} B`, `≤ ${limit} B`, bytes > limit ? 'TOO LARGE' : '']);
    }
  }
  for (const [file, limit] of Object.entries(files)) {
    const { size } = await stat(join(root, file));
    rows.push([file, '', `${size} B`, `≤ ${limit} B`, size > limit ? 'TOO LARGE' : '']);
  }
  console.log(markdownTable([['what', 'platform', 'size', 'limit', ''], ...rows], [2, 3]));
  return rows.some((row) => row.includes('TOO LARGE')) ? 1 : 0;
}

/** The size of a program with everything that it imports, in bytes, minified and gzipped. */
export async function bundledSize(
  program: string,
  {
    platform = 'browser',
    resolveDir = root,
    external = [],
  }: { platform?: 'browser' | 'node'; resolveDir?: string; external?: readonly string[] } = {},
): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    target: 'es2022',
    external: [...external],
    tsconfigRaw: {}, // Ignore this project's `paths`, which lead to the sources.
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}
