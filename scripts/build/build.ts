import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build as bundle, type Metafile } from 'esbuild';
import { dist, manifest, root } from '../lib/package.js';
import { compilers } from '../lib/run-node.js';

/** The entry points of the package: the name in dist/ and the source. package.json's `exports` lists the same. */
const entries = {
  'client/index': 'src/client/index.ts',
  'receiver/index': 'src/receiver/index.ts',
  'receiver/node': 'src/receiver/node.ts',
  'receiver/redis': 'src/receiver/redis.ts',
  'manage/index': 'src/manage/index.ts',
} as const;

/** Minified entry points: they are large (validators, samples) and unlikely in stack traces. */
const minified = {
  'testing/index': 'src/testing/index.ts',
} as const;

/** The implementations of `#hmac`, from which `imports` in package.json chooses. */
const backEnds = {
  'hmac/node': 'src/receiver/hmac/node.ts',
  'hmac/web': 'src/receiver/hmac/web.ts',
} as const;

/** The only outputs that may import Node modules. */
const nodeOnly: ReadonlySet<string> = new Set(['hmac/node', 'testing/index']);

/** Modules that are imported instead of bundled. The testing kit and the command import the package itself. */
const external = [...Object.keys(manifest.dependencies ?? {}), manifest.name, '#hmac', 'node:*'];

/** The build failed. Printed without a stack trace. */
export class BuildError extends Error {}

/** The written files, relative to dist/. */
export interface Built {
  readonly javascript: readonly string[];
  readonly declarations: readonly string[];
}

/**
 * Builds the package into dist/, which is replaced only when everything has been written.
 *
 * Each entry point is a bundle, which takes half the time to import that two dozen files would. The client and the receiver are not
 * minified, so that stack traces are readable. Source maps would double the size of the package for little benefit.
 */
export async function build(): Promise<Built> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const out = await mkdtemp(join(cache, 'build-'));
  try {
    const [javascript, declarations] = await Promise.all([buildJavaScript(out), buildDeclarations(join(out, 'types'))]);
    await rm(dist, { recursive: true, force: true });
    await rename(out, dist);
    return { javascript, declarations: declarations.map((file) => join('types', file)) };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function buildJavaScript(outdir: string): Promise<string[]> {
  const files = await Promise.all([
    bundleJavaScript(outdir, { entryPoints: { ...entries, ...backEnds }, splitting: true }),
    bundleJavaScript(outdir, { entryPoints: minified, minify: true }),
  ]);
  return files.flat();
}

async function bundleJavaScript(outdir: string, options: BuildOptions): Promise<string[]> {
  const result = await bundle({
    ...options,
    absWorkingDir: root,
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external,
    metafile: true,
    logLevel: 'silent',
  }).catch((error: Error) => {
    throw new BuildError(`esbuild: ${error.message}`);
  });
  const { metafile } = result as { metafile: Metafile };
  refuseBundledPackages(metafile);
  refuseNodeImports(metafile, outdir);
  return Object.keys(metafile.outputs).map((file) => relative(outdir, resolve(root, file)));
}

/** Packages that are not dependencies would silently be copied into dist/. */
function refuseBundledPackages({ inputs }: Metafile): void {
  const copied = Object.keys(inputs).find((file) => file.includes('node_modules/'));
  if (copied) throw new BuildError(`${copied} would be bundled: add its package to "dependencies", or don't use it.`);
}

/** Everything except `nodeOnly` must run in all runtimes. Imports of types don't count. */
function refuseNodeImports({ outputs }: Metafile, outdir: string): void {
  for (const [file, { imports }] of Object.entries(outputs)) {
    const name = relative(outdir, resolve(root, file)).replace(/\.js$/, '');
    const wrong = imports.find(({ path }) => path.startsWith('node:'));
    if (wrong && !nodeOnly.has(name)) throw new BuildError(`${name} imports ${wrong.path}, which only Node has.`);
  }
}

/** TypeScript 7 takes a quarter of the time of 6. Its declarations differ only in quotes and comments. */
async function buildDeclarations(outDir: string): Promise<string[]> {
  const args = [compilers['TypeScript 7'], '-p', 'tsconfig.build.json', '--outDir', outDir];
  await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error: { stdout?: string }) => {
    throw new BuildError(`tsc -p tsconfig.build.json:\n${error.stdout || error}`);
  });
  const needed = await reachable(
    Object.values({ ...entries, ...minified }).map((source) => join(outDir, declarationOf(source))),
  );
  for (const file of await readdir(outDir, { recursive: true })) {
    if (file.endsWith('.d.ts') && !needed.has(join(outDir, file))) await rm(join(outDir, file));
  }
  return [...needed].map((file) => relative(outDir, file)).sort();
}

function declarationOf(source: string): string {
  return source.replace(/\.[jt]s$/, '.d.ts').replaceAll('/', sep);
}

/** These declarations and everything that they import. Other internal types are not packed. */
async function reachable(files: readonly string[], found = new Set<string>()): Promise<Set<string>> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const text = await readFile(file, 'utf8');
    const imports = [...text.matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)];
    await reachable(
      imports.map(([, path = '']) => join(dirname(file), declarationOf(path))),
      found,
    );
  }
  return found;
}
