import { describe, expect, inject, it } from 'vitest';
import { operations } from '../../generated/operations.js';
import { manifest } from '../../scripts/lib/package.js';
import { webhookEventTypes } from '../../src/client/index.js';
import { type Result, run, runBeside } from './run.js';

const cwd = inject('consumer');
const node = (...args: string[]): Promise<Result> => runBeside(process.execPath, args, { cwd });
const evaluate = (program: string) => node('--input-type=module', '--eval', program);

describe('the installed package', () => {
  it.each(['use.mjs', 'use.cjs'])('makes calls and recognises errors in %s, without a warning', async (program) => {
    const { status, stdout, stderr } = await node(program, inject('prismUrl'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const list = await fetch(inject('prismUrl') + operations.listWebhookSubscriptions.path, {
      headers: { Authorization: 'a-key' },
    });
    const [first] = ((await list.json()) as { data: { url: string }[] }).data;
    expect(JSON.parse(stdout)).toEqual({
      version: manifest.version,
      eventTypes: webhookEventTypes.length,
      url: first?.url,
      error: 'DixaNotFoundError',
      recognised: true,
    });
  });

  it('does nothing when it is imported, and lets the process end', async () => {
    const { status, stdout } = await node('quiet.mjs');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ changed: [] });
  });

  it('can be imported without fetch and environment variables', () => {
    const program = "globalThis.fetch = undefined; await import('dixa-webhooks')";
    const env = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
    expect(run(process.execPath, ['--input-type=module', '--eval', program], { cwd, env })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('ships the contract as dixa-webhooks/openapi.json', async () => {
    const { status, stdout } = await node('--disable-warning=ExperimentalWarning', 'contract.mjs');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ openapi: '3.1.0', same: true });
  });

  it('does not expose its other files', async () => {
    const files = [
      'dist/client/index.js',
      'generated/openapi.json',
      'src/client/index.js',
      'receiver/index',
      'hmac/node',
    ];
    const { stdout } = await evaluate(`
      for (const file of ${JSON.stringify(files)}) {
        console.log(await import('dixa-webhooks/' + file).then(() => file, ({ code }) => code));
      }`);
    expect(stdout.trim().split('\n')).toEqual(files.map(() => 'ERR_PACKAGE_PATH_NOT_EXPORTED'));
  });

  it.each([
    ['an ES module', "const { createReceiver, signPayload } = await import('dixa-webhooks/receiver');"],
    ['require()', "const { createReceiver, signPayload } = createRequire(cwd() + '/')('dixa-webhooks/receiver');"],
  ])('verifies and handles a delivery, as %s', async (_how, load) => {
    const { stdout, stderr } = await evaluate(`
      import { createRequire } from 'node:module';
      import { cwd } from 'node:process';
      ${load}
      const secret = 'ab'.repeat(32);
      const receiver = createReceiver({ secret });
      receiver.onError(({ reason }) => console.log(reason));
      receiver.on('ConversationRated', (event) => console.log(event.type, event.data.score));
      const body = JSON.stringify({ event_fqn: 'CONVERSATION_RATED', data: { score: 5 } });
      const headers = { 'X-DIXA-SIGNATURE': await signPayload({ body, secret }) };
      console.log((await receiver.receive({ body, headers })).status);
      console.log((await receiver.receive({ body: body + ' ', headers })).status);`);
    expect({ stderr, stdout }).toEqual({ stderr: '', stdout: 'ConversationRated 5\n200\nsignature-mismatch\n401\n' });
  });

  it('shares its errors between the client and the receiver, and has the adapters at their own entry points', async () => {
    const { stdout } = await evaluate(`
      import * as client from 'dixa-webhooks';
      import * as receiver from 'dixa-webhooks/receiver';
      import { toNodeListener } from 'dixa-webhooks/receiver/node';
      import { redisDedupe } from 'dixa-webhooks/receiver/redis';
      const { DixaError, DixaConfigurationError } = client;
      console.log(DixaError === receiver.DixaError, DixaConfigurationError === receiver.DixaConfigurationError);
      console.log(typeof toNodeListener, typeof redisDedupe);`);
    expect(stdout).toBe('true true\nfunction function\n');
  });

  it.each([
    [[], 'createHmac'],
    [['--conditions', 'workerd'], 'crypto.subtle'],
    [['--conditions', 'browser'], 'crypto.subtle'],
  ])('uses the implementation for the runtime: with %j, %s', async (conditions, means) => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const inside = createRequire(new URL(import.meta.resolve('dixa-webhooks/receiver')));
      console.log(readFileSync(inside.resolve('#hmac'), 'utf8'));`;
    const { stdout } = await node(...conditions, '--input-type=module', '--eval', program);
    expect(stdout).toContain(means);
  });

  it('calls Dixa by default, at a path of the contract', async () => {
    const program = `
      import { createDixaWebhooks } from 'dixa-webhooks';
      const fetch = async (url) => { console.log(url); return Response.json({ data: [] }); };
      await createDixaWebhooks({ apiKey: 'a-key', fetch }).list();`;
    const { stdout } = await evaluate(program);
    expect(stdout.trim()).toBe(`https://dev.dixa.io/beta${operations.listWebhookSubscriptions.path}`);
  });
});
