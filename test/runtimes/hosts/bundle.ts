import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes a program of programs/ into one file of the project. What it imports of the package, it finds installed there. */
export async function makeProgram(name: string, project: string): Promise<string> {
  const outfile = join(project, `${name}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `../programs/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    supported: { 'import-attributes': true },
    packages: 'external',
    // As in another project: the `paths` of this one's tsconfig.json lead to the sources.
    tsconfigRaw: {},
  });
  return outfile;
}

/** The same with the package in it, as a bundler takes it that has these conditions. */
export async function bundleProgram(name: string, project: string, conditions: readonly string[]): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [await makeProgram(name, project)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: [...conditions],
    // `dixa-webhooks/testing` imports node:http when a server is started.
    external: ['cloudflare:*', 'node:*'],
    absWorkingDir: project,
    tsconfigRaw: {},
  });
  const inputs = Object.keys(metafile.inputs);
  const backEnds = inputs.filter((file) => file.includes('/hmac/'));
  if (backEnds.join() !== 'node_modules/dixa-webhooks/dist/hmac/web.js') {
    throw new Error(`The bundle for ${name} holds ${backEnds.join() || 'no back end'}, not dist/hmac/web.js.`);
  }
  return outputFiles[0]?.text ?? '';
}
