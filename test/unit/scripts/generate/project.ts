import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { programs } from '../../../../scripts/generate/render-llms.js';

export const projectRoot = fileURLToPath(new URL('../../../..', import.meta.url));
export const contractFile = 'openapi/dixa-webhooks.yaml';
export const eventsFile = 'openapi/events/webhooks.yaml';

/** A copy of what the generators read and write, in a temporary folder that goes when the test ends. */
export async function temporaryProject(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'generate-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const sources = [
    'openapi',
    'redocly.yaml',
    'package.json',
    'README.md',
    'docs/reference.md',
    'src',
    ...Object.values(programs),
  ];
  for (const name of [...sources, 'generated', 'llms.txt']) {
    await cp(join(projectRoot, name), join(root, name), { recursive: true });
  }
  return root;
}

/** Replaces text in a file, which must contain it. The file is replaced atomically, so that watchers never see half of it. */
export async function edit(root: string, name: string, from: string, to: string): Promise<void> {
  const file = join(root, name);
  const text = await readFile(file, 'utf8');
  if (!text.includes(from))
    throw new Error(`${name} no longer holds ${JSON.stringify(from)}: update the test that edits it.`);
  await writeFile(join(root, 'edited'), text.replace(from, to));
  await rename(join(root, 'edited'), file);
}

/** Content and time of change of each file in `generated/`. */
export async function snapshot(root: string): Promise<Record<string, { content: string; changed: number }>> {
  const names = (await readdir(join(root, 'generated'))).sort();
  const entries = names.map(async (name) => {
    const file = join(root, 'generated', name);
    return [name, { content: await readFile(file, 'utf8'), changed: (await stat(file)).mtimeMs }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

export interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a command on another project, in a process of its own. */
export function run(
  command: string,
  root: string,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const program = `const { main } = await import(${JSON.stringify(join(projectRoot, `scripts/${command}/index.ts`))});
    process.exitCode = await main([], ${JSON.stringify(root)});`;
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx/esm'), '--input-type=module', '--eval', program],
    {
      cwd: options.cwd ?? projectRoot,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return new Promise((done, fail) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', fail);
    child.once('close', (code) => done({ code, output }));
  });
}
