import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDixaWebhooks } from '../../../src/client/index.js';
import { startSandbox } from '../../../src/testing/index.js';
import { deadAddress } from '../../support/dead-address.js';
import { close } from '../../support/receiver-server.js';
import { type CliResult, runCli } from '../../support/run-cli.js';

const id = '7f2b1c3d-0a4e-4b5c-8d6f-112233445566';
let env: Record<string, string>;

beforeEach(async () => {
  const subscriptions = [{ id, name: 'Dashboard', url: 'https://hooks.example.com', events: [] }];
  const sandbox = await startSandbox({ subscriptions });
  onTestFinished(() => sandbox.close());
  env = { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
});

const names = async () => {
  const dixa = createDixaWebhooks({ apiKey: env.DIXA_API_KEY, baseUrl: env.DIXA_BASE_URL });
  return (await dixa.list()).map(({ name }) => name);
};

describe('delete on a terminal', () => {
  it.each(['y\n', 'Yes\n'])('deletes after %j', async (stdin) => {
    const { code, stdout, stderr } = await runCli(['delete', id], { env, stdin, terminal: true });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Deleted ${id}.\n` });
    expect(stderr).toBe('Delete "Dashboard" (https://hooks.example.com) and its secret? [y/N] ');
    expect(await names()).toEqual([]);
  });

  it.each(['\n', 'n\n', ''])('deletes nothing after %j', async (stdin) => {
    const { code, stdout, stderr } = await runCli(['delete', id], { env, stdin, terminal: true });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Nothing was deleted.'),
    });
    expect(await names()).toEqual(['Dashboard']);
  });
});

describe('the environment', () => {
  it('gives way to a flag', async () => {
    const { code } = await runCli(['list', '--base-url', env.DIXA_BASE_URL ?? ''], {
      env: { ...env, DIXA_BASE_URL: await deadAddress() },
    });
    expect(code).toBe(0);
  });

  it('colours the output if it asks for that', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    const { stdout } = await runCli(['status'], { env, keepsColours: true });
    expect(stdout).toContain('\u001b[1mDashboard\u001b[22m');
  });
});

describe('standard input', () => {
  it('is not waited for on a terminal', async () => {
    const { code, stderr } = await runCli(['create'], { env, terminal: true });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Pass a file with a subscription, or pipe it to standard input.\n',
    });
  });

  it.each([
    ['', 'Standard input is empty: it must contain a subscription.'],
    ['{ "name": }', 'Standard input is not valid JSON.'],
    ['[]', 'subscription must be a plain object.'],
  ])('with %j is refused', async (stdin, message) => {
    expect(await runCli(['create', '-'], { env, stdin })).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });

  it('is not asked for a file that cannot be read', async () => {
    const { stderr } = await runCli(['create', 'no-such-file.json'], { env });
    expect(stderr).toBe('no-such-file.json cannot be read: there is no such file.\n');
  });
});

describe('sandbox', () => {
  it('prints what to export, delivers what trigger asks for, and ends with 130', async () => {
    const interrupt = new AbortController();
    const args = ['sandbox', '--port', '0', '--forward-to', `${await deadAddress()}/dixa`];
    let ended: Promise<CliResult> | undefined;
    const printed = await new Promise<string>((resolve) => {
      ended = runCli(args, { signal: interrupt.signal, onStdout: resolve });
    });
    const exported = Object.fromEntries(
      [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(Object.keys(exported)).toEqual(['DIXA_BASE_URL', 'DIXA_API_KEY', 'DIXA_WEBHOOK_SECRET']);
    const triggered = await runCli(['trigger', 'ConversationRated', '--json'], { env: exported });
    expect(triggered.code).toBe(2);
    expect(JSON.parse(triggered.stdout)).toMatchObject([{ sent: true, success: false, reason: 'ECONNREFUSED' }]);
    interrupt.abort();
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('assumed') });
  });

  it('refuses to forward to another machine', async () => {
    const { code, stderr } = await runCli(['sandbox', '--port', '0', '--forward-to', 'https://hooks.example.com']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^--forward-to must be on this machine/),
    });
  });

  it('says which port cannot be used', async () => {
    const { port } = new URL(env.DIXA_BASE_URL ?? '');
    const { code, stderr } = await runCli(['sandbox', '--port', port]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `port ${port} is in use: stop the other process, or choose another port.\n`,
    });
  });
});

describe('trigger', () => {
  it('says that the receiver does not respond', async () => {
    const to = await deadAddress();
    const env = { DIXA_WEBHOOK_SECRET: 'ab'.repeat(32) };
    const { code, stderr } = await runCli(['trigger', 'ConversationRated', '--to', to], { env });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `No response from ${to}: ECONNREFUSED. Is it running?\n`,
    });
  });

  it.each([
    [200, 'accepted', 'WRONG: expected 4xx'],
    [401, 'WRONG: expected 2xx', 'refused'],
    [500, 'WRONG: expected 2xx', 'WRONG: expected 4xx'],
  ])('finds what is wrong with a receiver that always responds %i', async (status, good, stale) => {
    const to = await receiver((_, response) => response.writeHead(status).end());
    const env = { DIXA_WEBHOOK_SECRET: 'ab'.repeat(32) };
    const { code, stdout } = await runCli(['trigger', 'ConversationRated', '--to', to, '--bad', 'stale'], { env });
    expect(code).toBe(2);
    expect(stdout.replace(/\d+ ms */g, '')).toBe(`good   ${status}  ${good}\nstale  ${status}  ${stale}\n`);
  });

  it('counts a spoiled delivery without a response as wrong', async () => {
    const to = await receiver(({ headers, socket }, response) => {
      if (headers['x-dixa-signature']) response.end();
      else socket.destroy();
    });
    const env = { DIXA_WEBHOOK_SECRET: 'ab'.repeat(32) };
    const { code, stdout } = await runCli(['trigger', 'ConversationRated', '--to', to, '--bad', 'unsigned'], { env });
    expect(code).toBe(2);
    expect(stdout.replace(/\d+ ms */g, '')).toBe(
      'good      200  accepted\nunsigned  0    WRONG: no response, expected 4xx\n',
    );
  });

  it('does not wait for the end of a response', async () => {
    const to = await receiver((_, response) => void response.write('a body that never ends'));
    const env = { DIXA_WEBHOOK_SECRET: 'ab'.repeat(32) };
    expect(await runCli(['trigger', 'ConversationRated', '--to', to], { env })).toMatchObject({ code: 0 });
  });
});

describe('Ctrl-C', () => {
  it('says that the deliveries of a replay were not all sent', async () => {
    const interrupt = new AbortController();
    const [to, sandbox] = [await receiver(() => interrupt.abort()), await startSandbox({ subscriptions: [] })];
    onTestFinished(() => sandbox.close());
    const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, baseUrl: sandbox.url });
    const { id } = await dixa.create({ name: 'A', url: await deadAddress(), events: ['ConversationRated'] });
    await sandbox.trigger('ConversationRated');
    const { code, stdout, stderr } = await runCli(['replay', id, '--to', to], {
      env: { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url },
      signal: interrupt.signal,
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Interrupted. The next delivery may or may not have been sent');
  });
});

/** The address of a receiver. */
async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
