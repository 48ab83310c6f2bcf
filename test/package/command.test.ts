import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { manifest } from '../../scripts/lib/package.js';
import { startSandbox } from '../../src/testing/index.js';
import { runBeside } from './run.js';

const cwd = inject('consumer');
const installed = join(cwd, 'node_modules/dixa-webhooks');
const program = join(installed, 'dist/cli.js');
const quiet = { DIXA_API_KEY: undefined, DIXA_BASE_URL: undefined, DIXA_WEBHOOK_SECRET: undefined };
const command = (args: string[], env = {}) =>
  runBeside(process.execPath, [program, ...args], { cwd, env: { ...quiet, ...env } });
const start = (args: string[]) =>
  spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...quiet } });

describe('npx dixa-webhooks', () => {
  it('runs where the package is installed', async () => {
    const { status, stdout, stderr } = await runBeside('npx', ['--no-install', 'dixa-webhooks', '--version'], { cwd });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('uses the client of the package, without a warning', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const env = { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
    expect(await command(['list', '--json'], env)).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  });

  it('ends with 1 and a line, without a stack', async () => {
    expect(await command(['list'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'DIXA_API_KEY is not set: export the API token of an administrator.\n',
    });
  });

  it('ends the sandbox with 130 after Ctrl-C', async () => {
    const child = start(['sandbox', '--port', '0']);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });

  it('ends after a question was answered, although standard input stays open', async () => {
    const id = '7f2b1c3d-0a4e-4b5c-8d6f-112233445566';
    const sandbox = await startSandbox({ subscriptions: [{ id, name: 'A', url: 'https://a.example', events: [] }] });
    onTestFinished(() => sandbox.close());
    const isTerminal = 'data:text/javascript,process.stdin.isTTY=process.stderr.isTTY=true';
    const env = { ...process.env, DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
    const child = spawn(process.execPath, ['--import', isTerminal, program, 'delete', id], { cwd, env });
    child.stdin.write('n\n');
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('Nothing was deleted.') });
  });

  it('ends although the module of plan holds a timer', async () => {
    const sandbox = await startSandbox();
    const folder = await mkdtemp(join(tmpdir(), 'plan-'));
    onTestFinished(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]).then(() => {}));
    const file = join(folder, 'wanted.mjs');
    await writeFile(file, 'setInterval(() => {}, 1000);\nexport default [];\n');
    const env = { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
    expect(await command(['plan', file], env)).toMatchObject({ status: 0, stderr: '' });
  });

  it('ends in silence if nobody reads its output, as with head', async () => {
    const child = start(['trigger']);
    child.stdout.destroy();
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('says in a line that its output cannot be written', async () => {
    const line = `'${process.execPath}' '${program}' trigger > /dev/full`;
    expect(await runBeside('sh', ['-c', line], { cwd })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Cannot write to standard output: ENOSPC.\n',
    });
  });

  it('reads TypeScript if Node does, or says which Node does', async () => {
    const sandbox = await startSandbox();
    const folder = await mkdtemp(join(tmpdir(), 'plan-'));
    onTestFinished(() => Promise.all([sandbox.close(), rm(folder, { recursive: true })]).then(() => {}));
    const file = join(folder, 'wanted.mts');
    await writeFile(file, 'const wanted: object[] = [];\nexport default wanted;\n');
    const { status, stdout, stderr } = await command(['plan', file], {
      DIXA_API_KEY: sandbox.apiKey,
      DIXA_BASE_URL: sandbox.url,
    });
    const strips = 'typescript' in process.features && process.features.typescript;
    expect({ status, printed: stdout || stderr }).toEqual(
      strips
        ? { status: 0, printed: expect.stringContaining('0 to create') }
        : { status: 1, printed: expect.stringContaining('Node 22.18 or newer') },
    );
  });

  it('ships the licence of the parser that it contains', async () => {
    expect(await readFile(join(installed, 'dist/cli.LICENSES.txt'), 'utf8')).toMatch(/commander \d.*MIT/s);
  });
});
