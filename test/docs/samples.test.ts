import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { operations, statuses } from '../../generated/operations.js';
import {
  eventSample,
  handlerSample,
  highlight,
  operationSamples,
  receiverSample,
  sampleBlock,
} from '../../scripts/docs/samples.js';
import { compileTexts } from '../../scripts/lib/compile.js';
import { eventTypesOf } from '../../scripts/lib/events.js';
import { root } from '../../scripts/lib/package.js';
import { createReceiver, signPayload } from '../../src/receiver/index.js';
import { readContract } from './contract.js';

const contract = readContract();
const types = eventTypesOf(contract);
const samples = await operationSamples(root, contract);
const names = Object.keys(operations) as (keyof typeof operations)[];
const sampleOf = (name: string) => samples[name] ?? { program: '', curl: '' };
const fileOf = (name: string) => join(root, `docs/samples/${name}.ts`);
const verifySample = readFileSync(fileOf('verifySignature'), 'utf8');
const testSample = readFileSync(fileOf('testReceiver'), 'utf8');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the samples', () => {
  it('are there for every operation, and programs that compile, all but one that was broken', () => {
    expect(Object.keys(samples)).toEqual(names);
    const files = new Map([
      ...names.map((name) => [fileOf(name), sampleOf(name).program] as const),
      ...types.map((type) => [fileOf(type.name), eventSample(type)] as const),
      [fileOf('anyEvent'), receiverSample],
      [fileOf('verifySignature'), verifySample],
      [fileOf('testReceiver'), testSample],
      [fileOf('broken'), sampleOf('getWebhookSubscription').program.replace('dixa.get(', 'dixa.fetch(')],
    ]);
    const problems = compileTexts(files, { root, options: { types: ['node'] } });
    expect(problems.map(({ message }) => message)).toEqual(["Property 'fetch' does not exist on type 'DixaWebhooks'."]);
  });

  it('are those of the README where both say the same', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [create] = /dixa\.create\([\s\S]*?^}\);/m.exec(sampleOf('createWebhookSubscription').program) ?? [];
    expect(readme).toContain(`await ${create}`);
  });

  it('are asked for where an operation has none', async () => {
    const path = contract.paths['/webhooks'] ?? {};
    const get = { operationId: 'countWebhookSubscriptions', responses: {} };
    const changed = { ...contract, paths: { '/webhooks': { ...path, get } } };
    await expect(operationSamples(root, changed)).rejects.toThrow(
      'countWebhookSubscriptions has no sample: write docs/samples/countWebhookSubscriptions.ts.',
    );
  });

  it('are asked for where a payload has none', () => {
    expect(() => handlerSample({ name: 'ConversationSnoozed', payload: 'ConversationSnoozedPayload' })).toThrow(
      'ConversationSnoozedPayload has no sample handler: add one to scripts/docs/samples.ts.',
    );
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
    const args = await argumentsOf(sampleOf(name).curl, { DIXA_API_KEY: 'sample-key' });
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

describe('the samples of the events', () => {
  it.each(types)('$name is handled, and something of it is printed', async (type) => {
    const secret = 'ab'.repeat(32);
    const receiver = createReceiver({ secret });
    const log = vi.fn();
    new Function('receiver', 'console', handlerSample(type))(receiver, { log });

    const body = exampleOf(type.name);
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

describe('a sample within a text', () => {
  it('has the colours of its parts', () => {
    expect(highlight("const id = await read('a', 1); // why")).toBe(
      '<span class="code-keyword">const</span> id =<span class="code-keyword"> await</span><span class="code-function"> read</span>' +
        '(<span class="code-string">\'a\'</span>,<span class="code-number"> 1</span>);<span class="code-comment"> // why</span>',
    );
  });

  it('knows a property that is called like a keyword', () => {
    expect(highlight('event.type')).toBe('event.type');
    expect(highlight('dixa.delete(id)')).toBe('dixa.<span class="code-function">delete</span>(id)');
  });

  it.each([
    ['a receiver', receiverSample],
    ['an event', eventSample({ name: 'ConversationRated', payload: 'ConversationRatedPayload' })],
    ['what HTML has a meaning for', 'if (a < b && c > d) {}\n\nconst text = `<br>&amp;`;'],
    ['a command', 'npm install dixa-webhooks'],
  ])('reads as it was written: %s', (_, code) => {
    const text = highlight(code)
      .replaceAll('<br>', '\n')
      .replaceAll(/<\/?span[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(text).toBe(code.trimEnd());
  });

  it('shows a command as it is', () => {
    expect(sampleBlock('npx dixa-webhooks trigger --to http://localhost:3000')).toContain(
      '<code>npx dixa-webhooks trigger --to http://localhost:3000</code>',
    );
  });

  it('has no blank line, which would end it, and no white space alone between tags, which would be dropped', () => {
    const html = sampleBlock(receiverSample);
    expect(html).not.toContain('\n');
    expect(html).not.toMatch(/> +</);
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
