import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { operations, statuses } from '../../generated/operations.js';
import { readPrograms } from '../../scripts/docs/page.js';
import { curlSample, handlerSample } from '../../scripts/docs/samples.js';
import { compileTexts } from '../../scripts/lib/compile.js';
import { operationsOf } from '../../scripts/lib/contract.js';
import { eventTypesOf } from '../../scripts/lib/events.js';
import { root } from '../../scripts/lib/package.js';
import { createReceiver, signPayload } from '../../src/receiver/index.js';
import { readContract } from './contract.js';

const contract = readContract();
const types = eventTypesOf(contract);
const programs = await readPrograms(root);
const names = Object.keys(operations) as (keyof typeof operations)[];
const fileOf = (name: string) => join(root, `docs/samples/${name}.ts`);

/** A program that can be run: the receiver of the page with this handler. */
const programWith = (handler: string) =>
  `${programs.receiveEvents}`.replace(/^receiver\.onAny\(.*\);$/m, () => handler);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the samples', () => {
  it('are programs that compile, with each handler of an event, all but one that was broken', () => {
    const files = new Map([
      ...Object.entries(programs).map(([name, program]) => [fileOf(name), program] as const),
      ...types.map(
        (type) => [fileOf(type.name), programWith(handlerSample(type, JSON.parse(exampleOf(type.name))))] as const,
      ),
      [fileOf('broken'), `${programs.getWebhookSubscription}`.replace('dixa.get(', 'dixa.fetch(')],
    ]);
    expect([...files.values()].filter((program) => program.includes('receiver.on('))).toHaveLength(types.length + 1);
    const problems = compileTexts(files, { root, options: { types: ['node'] } });
    expect(problems.map(({ message }) => message)).toEqual(["Property 'fetch' does not exist on type 'DixaWebhooks'."]);
  });

  it('are those of the README where both say the same', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [create] = /dixa\.create\([\s\S]*?^}\);/m.exec(programs.createWebhookSubscription ?? '') ?? [];
    expect(readme).toContain(`await ${create}`);

    const [imports = '', program = ''] = `${programs.receiveEvents}`.split('\n\n');
    const introduction = readFileSync(join(root, 'docs/introduction.md'), 'utf8');
    const commands = [...introduction.matchAll(/^np[mx] .*?(?= *#|$)/gm)].map(([command]) => command);
    expect(commands).toHaveLength(8);
    const lines = program.split('\n').filter((line) => !line.includes('.onAny('));
    for (const text of [imports, ...lines, ...commands]) expect(readme).toContain(text);
  });
});

describe('the samples of the operations', () => {
  it.each(names)('%s can be called, and its response matches the contract', async (name) => {
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

    await import(/* @vite-ignore */ fileOf(name));

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
    const { method, path } = operations[name];
    const found = [...operationsOf(contract)].find(({ operation }) => operation.operationId === name);
    const curl = found ? curlSample(contract, path, found.method, found.operation) : '';
    const args = await argumentsOf(curl, { DIXA_API_KEY: 'sample-key' });
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

describe('the samples of the events', () => {
  it.each(types)('$name is handled, and something of it is printed', async (type) => {
    const secret = 'ab'.repeat(32);
    const receiver = createReceiver({ secret });
    const log = vi.fn();
    const body = exampleOf(type.name);
    new Function('receiver', 'console', handlerSample(type, JSON.parse(body)))(receiver, { log });

    const headers = { 'X-DIXA-SIGNATURE': await signPayload({ body, secret }) };
    const { outcome, event } = await receiver.receive({ body, headers });

    expect(outcome).toBe('handled');
    expect(event?.type).toBe(type.name);
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]).not.toContain(undefined);
  });
});

describe('the sample that verifies a delivery', () => {
  const secret = 'cd'.repeat(32);
  const body = exampleOf('ConversationRated');

  it('responds to a signed delivery, and refuses any other', async () => {
    vi.stubEnv('DIXA_WEBHOOK_SECRET', secret);
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const { POST } = await import(/* @vite-ignore */ fileOf('verifySignature'));
    const headers = { 'X-DIXA-SIGNATURE': await signPayload({ body, secret }) };
    const delivery = (text: string) =>
      new Request('https://hooks.example.com/dixa', { method: 'POST', headers, body: text });

    await expect(POST(delivery(body))).resolves.toMatchObject({ status: 200 });
    await expect(POST(delivery(`${body} `))).rejects.toMatchObject({ reason: 'signature-mismatch' });
  });
});

describe('the sample that tests a receiver', () => {
  it('delivers an event to its handler', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await import(/* @vite-ignore */ fileOf('testReceiver'));
    expect(log.mock.calls).toEqual([[expect.any(Number)], [200]]);
  });
});

/** The body that the contract shows for an event. */
function exampleOf(name: string): string {
  const { examples } = contract.webhooks[name]?.post.requestBody.content['application/json'] ?? {};
  return JSON.stringify(examples?.example?.value);
}

const valueAfter = (args: readonly string[], flag: string) =>
  args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined;

/** Runs the command in a shell, with a fake curl that prints its arguments. */
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
