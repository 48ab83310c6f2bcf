import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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

/** The command, with its parser of arguments bundled into it. */
const commandEntry = { cli: 'src/cli/index.ts' } as const;

/** The packages whose code is copied into the command; their licences are shipped with it. */
const bundledPackages = ['commander'] as const;

/** What `imports` in package.json chooses from for `#hmac`. */
const backEnds = {
  'hmac/node': 'src/receiver/hmac/node.ts',
  'hmac/web': 'src/receiver/hmac/web.ts',
} as const;

/** The only outputs that may import a module of Node's. */
const nodeOnly: ReadonlySet<string> = new Set(['hmac/node', 'testing/index', 'cli']);

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
    bundleJavaScript(outdir, {
      entryPoints: commandEntry,
      minify: true,
      platform: 'node',
      // The parser is CommonJS.
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    }),
  ]);
  await chmod(join(outdir, 'cli.js'), 0o755);
  return [...files.flat(), await writeLicences(outdir)];
}

/** The licences of what is copied into the command, which ask to be shipped with it. */
async function writeLicences(outdir: string): Promise<string> {
  const file = 'cli.LICENSES.txt';
  const texts = bundledPackages.map(async (name) => {
    const folder = join(root, 'node_modules', name);
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return `cli.js contains ${name} ${version}:\n\n${await readFile(join(folder, 'LICENSE'), 'utf8')}`;
  });
  await writeFile(join(outdir, file), (await Promise.all(texts)).join('\n'));
  return file;
}

async function bundleJavaScript(outdir: string, options: BuildOptions): Promise<string[]> {
  const result = await bundle({
    platform: 'neutral',
    ...options,
    absWorkingDir: root,
    outdir,
    bundle: true,
    format: 'esm',
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
  const packages: readonly string[] = bundledPackages;
  const copied = Object.keys(inputs).find((file) => {
    const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    return name !== undefined && !packages.includes(name);
  });
  if (copied) throw new BuildError(`${copied} would be bundled: add its package to "dependencies", or do without it.`);
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
  const args = [compilers['TypeScript 7'], '-p', 'scripts/build/tsconfig.json', '--outDir', outDir];
  await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error: { stdout?: string }) => {
    throw new BuildError(`tsc -p scripts/build/tsconfig.json:\n${error.stdout || error}`);
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
