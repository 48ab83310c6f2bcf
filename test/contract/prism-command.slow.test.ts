import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { statuses } from '../../generated/operations.js';
import { root } from '../../scripts/lib/package.js';
import { contractClient } from '../support/contract-client.js';
import { calls } from './calls.js';
import { operationIds } from './pairs.js';

const cli = createRequire(import.meta.url).resolve('@stoplight/prism-cli');

/** Starts the command of an npm script on a free port, until the test ends. */
async function start(script: 'mock' | 'proxy', ...args: string[]): Promise<string> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [name, ...own] = scripts[script]?.split(' ') ?? [];
  expect(name).toBe('prism');
  const child = spawn(process.execPath, [cli, ...own, ...args, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /Prism is listening on (http:\S+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`prism ${own.join(' ')} ended with ${await exited}`);
}

async function runOperations(baseUrl: string): Promise<void> {
  const { dixa, exchanges } = contractClient({ baseUrl });
  for (const id of operationIds) await calls[id].method(dixa, {});
  expect(exchanges.map(({ status }) => status)).toEqual(operationIds.map((id) => statuses[id][0]));
}

test('npm run mock serves each operation of the contract', async () => {
  await runOperations(await start('mock'));
});

test('npm run proxy passes on valid responses', async () => {
  await runOperations(await start('proxy', inject('prismUrl')));
});

test('npm run proxy rejects a response that violates the contract', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":[{}]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = await start('proxy', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const response = await fetch(`${url}/webhooks`, { headers: { Authorization: 'a-key' } });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ type: expect.stringContaining('VIOLATIONS') });
});

test('the other tests run the same version of Prism in-process as the command', () => {
  const [ours, its] = [createRequire(import.meta.url), createRequire(cli)];
  for (const name of ['@stoplight/prism-core', '@stoplight/prism-http', '@stoplight/prism-http-server']) {
    expect(ours.resolve(name)).toBe(its.resolve(name));
  }
});
