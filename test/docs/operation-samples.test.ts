import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { operations, statuses } from '../../generated/operations.js';
import { operationSamples } from '../../scripts/docs/samples.js';
import { compileTexts } from '../../scripts/lib/compile.js';
import { root } from '../../scripts/lib/package.js';
import { readContract } from './contract.js';

const contract = readContract();
const samples = await operationSamples(root, contract);
const names = Object.keys(operations) as (keyof typeof operations)[];

const sampleOf = (name: string, label: string) => samples[name]?.find((each) => each.label === label)?.source ?? '';

describe('the samples of the operations', () => {
  it('are there for every operation, and compile', () => {
    expect(Object.keys(samples)).toEqual(names);
    const files = new Map(names.map((name) => [join(root, `docs/samples/${name}.ts`), sampleOf(name, 'TypeScript')]));
    expect(compileTexts(files, { root, options: { types: ['node'] } })).toEqual([]);
  });

  it('would be found out if one did not compile', () => {
    const broken = sampleOf('getWebhookSubscription', 'TypeScript').replace('dixa.get(', 'dixa.fetch(');
    const problems = compileTexts(new Map([[join(root, 'docs/samples/broken.ts'), broken]]), {
      root,
      options: { types: ['node'] },
    });
    expect(problems.map(({ message }) => message)).toEqual(["Property 'fetch' does not exist on type 'DixaWebhooks'."]);
  });

  it('fit into the column that they stand in', () => {
    const lines = names.flatMap((name) => sampleOf(name, 'TypeScript').split('\n'));
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });

  it('are asked for where one is missing', async () => {
    const path = contract.paths['/webhooks'] ?? {};
    const get = { operationId: 'countWebhookSubscriptions', responses: {} };
    const changed = { ...contract, paths: { '/webhooks': { ...path, get } } };
    await expect(operationSamples(root, changed)).rejects.toThrow(
      'countWebhookSubscriptions has no sample: write docs/samples/countWebhookSubscriptions.ts.',
    );
  });
});

describe('run against the mock server', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it.each(names)('%s is called, and what it answers fits the contract', async (name) => {
    const { fetch } = globalThis;
    const calls: { method: string; path: string; status: number; violations: string | null }[] = [];
    vi.stubEnv('DIXA_API_KEY', 'sample-key');
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const path = url.replace('https://dev.dixa.io/beta', '');
      const reply = await fetch(inject('prismUrl') + path, init);
      const violations = reply.headers.get('sl-violations');
      calls.push({ method: `${init.method}`, path, status: reply.status, violations });
      return reply;
    });
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});

    await import(/* @vite-ignore */ join(root, `docs/samples/${name}.ts`));

    const { method, path } = operations[name];
    const address = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const success = statuses[name].find((status) => status < 300);
    const last = calls.at(-1);
    expect(last).toMatchObject({ method, path: expect.stringMatching(address), status: success });
    expect(calls.filter(({ violations }) => violations !== null)).toEqual([]);
    expect(JSON.stringify(log.mock.calls)).not.toContain('secretKey');
  });
});

describe('the samples for curl', () => {
  it.each(names)('%s is the call of the contract, as a shell reads it', async (name) => {
    const args = await argumentsOf(sampleOf(name, 'curl'), { DIXA_API_KEY: 'sample-key' });
    const { method, path } = operations[name];
    const url = args.find((each) => each.startsWith('https://')) ?? '';
    expect(url.replace('https://dev.dixa.io/beta', '')).toMatch(
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/{}]+')}$`),
    );
    expect(valueAfter(args, '--request') ?? 'GET').toBe(method);
    expect(args).toContain('Authorization: sample-key');
    const data = valueAfter(args, '--data');
    expect(data === undefined).toBe(!['POST', 'PATCH'].includes(method));
    if (data === undefined) return;
    expect(args).toContain('Content-Type: application/json');
    const headers = { Authorization: 'sample-key', 'Content-Type': 'application/json' };
    const target = url.replace('https://dev.dixa.io/beta', inject('prismUrl'));
    const reply = await fetch(target, { method, headers, body: data });
    expect(reply.ok).toBe(true);
    expect(reply.headers.get('sl-violations')).toBeNull();
  });
});

const valueAfter = (args: readonly string[], flag: string) =>
  args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined;

/** Has a shell run the command, with a curl that only tells what it was given. */
async function argumentsOf(command: string, env: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'curl-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const curl = join(folder, 'curl');
  await writeFile(curl, `#!/bin/sh\nexec "${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' -- "$@"\n`);
  await chmod(curl, 0o755);
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], {
    env: { ...env, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });
  return JSON.parse(stdout) as string[];
}
