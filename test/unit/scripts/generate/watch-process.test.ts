import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contractFile, edit, projectRoot, run, temporaryProject } from './project.js';

const timeout = 120_000;
const script = 'generate/watch-command';

/** What the steps after `generate` need: something to type check, and a suite called "contract". */
async function watchedProject(): Promise<string> {
  const root = await temporaryProject();
  const project = { test: { name: 'contract', globals: true, include: ['*.test.mjs'] } };
  await writeFile(
    join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true }, include: ['generated'] }),
  );
  await writeFile(
    join(root, 'vitest.config.mjs'),
    `export default { test: { projects: [${JSON.stringify(project)}] } };`,
  );
  await writeFile(join(root, 'one.test.mjs'), "test('passes', () => {});\n");
  return root;
}

/** Starts the watch; `screen()` waits for the next one that is complete. */
function start(root: string) {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|FORCE_COLOR$)/.test(name));
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(projectRoot, script), '--root', root],
    {
      env: Object.fromEntries(own),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const screen = () =>
    vi.waitUntil(
      () => {
        const [complete, rest] = output.split(/(?<=Ctrl\+C ends\.\n)/);
        if (!complete?.endsWith('ends.\n')) return undefined;
        output = rest ?? '';
        return complete;
      },
      { timeout, interval: 20 },
    );
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  );
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { screen, ended, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

test('the real watch: green, broken and told of, mended and green, ended by Ctrl+C', { timeout }, async () => {
  const root = await watchedProject();
  const { screen, ended, kill } = start(root);
  const passed = /✓ generate .*\n✓ type check .*\n✓ contract suite .*\n\nAll passed\./;
  expect(await screen()).toMatch(passed);

  await edit(root, contractFile, 'enum: [All, Any]', 'enum: [All]');
  const broken = await screen();
  expect(broken).toContain('no-invalid-media-type-examples');
  expect(broken).toMatch(/- type check .*skipped\n- contract suite .*skipped\n\nFailed: generate\./);

  await edit(root, contractFile, 'enum: [All]', 'enum: [All, Any, None]');
  expect(await screen()).toMatch(passed);
  expect(await readFile(join(root, 'generated/openapi.ts'), 'utf8')).toContain('"All" | "Any" | "None"');

  kill('SIGINT');
  expect(await ended).toBe(0);
});

test('SIGTERM ends a run that is under way, and what it has started', { timeout }, async () => {
  const root = await watchedProject();
  await mkdir(join(root, 'seen'));
  // A suite that never ends by itself, and says who it is.
  await writeFile(
    join(root, 'one.test.mjs'),
    `import { writeFileSync } from 'node:fs';
test('hangs', () => new Promise(() => writeFileSync(${JSON.stringify(join(root, 'seen/pid'))}, String(process.pid))), 1e9);\n`,
  );
  const { ended, kill } = start(root);
  const suite = await vi.waitUntil(
    async () => Number(await readFile(join(root, 'seen/pid'), 'utf8').catch(() => '')) || undefined,
    { timeout, interval: 20 },
  );
  kill('SIGTERM');
  expect(await ended).toBe(0);
  await vi.waitUntil(() => !isAlive(suite), { timeout });
});

test('an unknown flag is refused with the usage', { timeout }, async () => {
  const { code, output } = await run(script, ['--wacth']);
  expect(output).toContain("Unknown option '--wacth'");
  expect(output).toContain('Usage: npm run generate:watch');
  expect(code).toBe(2);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
