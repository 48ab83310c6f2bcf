import { spawn } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contractFile, edit, projectRoot, temporaryProject } from './project.js';

const timeout = 180_000;

/** What the watch needs besides what generate does: its sources, and a suite called "contract". */
async function watchedProject(): Promise<string> {
  const root = await temporaryProject();
  for (const name of ['scripts', 'node_modules']) await symlink(join(projectRoot, name), join(root, name));
  const project = { test: { name: 'contract', globals: true, include: ['*.test.mjs'] } };
  const config = `export default { test: { projects: [${JSON.stringify(project)}] } };`;
  await writeFile(join(root, 'vitest.config.mjs'), config);
  await writeFile(join(root, 'one.test.mjs'), "test('passes', () => {});\n");
  return root;
}

/** Starts `npm run generate:watch`; `run()` waits for the end of the next run, and resolves with what it printed. */
function start(root: string) {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|FORCE_COLOR$)/.test(name));
  const child = spawn('npm', ['run', '--silent', 'generate:watch', '--', '--root', root], {
    cwd: root,
    env: { ...Object.fromEntries(own), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    if (child.pid) process.kill(-child.pid, 'SIGTERM');
    await ended;
  });
  return {
    run: () =>
      vi.waitUntil(
        () => {
          const [complete, rest] = output.split(/(?<=Ctrl\+C to stop\.\n)/);
          if (!complete?.endsWith('to stop.\n')) return undefined;
          output = rest ?? '';
          return complete;
        },
        { timeout, interval: 20 },
      ),
  };
}

test('the watch generates and runs the contract suite, survives a broken document, and recovers', {
  timeout,
}, async () => {
  const root = await watchedProject();
  const { run } = start(root);
  expect(await run()).toMatch(/up to date[\s\S]*1 passed/);

  await edit(root, contractFile, 'enum: [All, Any]', 'enum: [All]');
  const broken = await run();
  expect(broken).toContain('no-invalid-media-type-examples');
  expect(broken).not.toContain('1 passed');

  await edit(root, contractFile, 'enum: [All]', 'enum: [All, Any, None]');
  expect(await run()).toMatch(/Wrote .*generated\/openapi\.json[\s\S]*1 passed/);
  expect(await readFile(join(root, 'generated/openapi.ts'), 'utf8')).toContain('"All" | "Any" | "None"');
});
