import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { apiKey, subscription } from '../support/fake-dixa.js';
import { compiled } from '../support/programs.js';
import { examplesFolder, type Program, run } from './program.js';
import { secret, testReceiver } from './suite.js';

const next = join(examplesFolder, 'node_modules/next/dist/bin/next');

describeWhere([examplesInstalled], 'an app of Next', () => {
  let asked = 0;
  // Each list that it answers differs from the one before.
  const dixa = createServer((_, reply) => {
    asked += 1;
    const data = [{ ...subscription, name: `subscription ${asked}` }];
    reply.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ data }));
  });
  let folder: string;
  let program: Program;

  beforeAll(async () => {
    await once(dixa.listen(0, '127.0.0.1'), 'listening');
    const env = {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DIXA_API_KEY: apiKey,
      DIXA_BASE_URL: `http://127.0.0.1:${(dixa.address() as AddressInfo).port}`,
    };
    folder = await mkdtemp(join(tmpdir(), 'dixa-webhooks-next-'));
    await makeApp(folder);
    await promisify(execFile)(process.execPath, [next, 'build', folder], { env: { ...process.env, ...env } });
    program = await run(next, ['start', folder, '--hostname', 'localhost'], { ...env, DIXA_WEBHOOK_SECRET: secret });
  }, 180_000);

  afterAll(async () => {
    await program?.stop();
    dixa.close();
    if (folder) await rm(folder, { recursive: true });
  });

  // It is built without the secret.
  testReceiver(() => program, { path: '/api/dixa', dedupes: false });

  it('shows the current list on a page that is not marked as dynamic', async () => {
    const texts: (string | undefined)[] = [];
    for (let visit = 0; visit < 3; visit += 1) {
      const reply = await fetch(`${program.url}/subscriptions`);
      texts.push(/<li>(.*?)<\/li>/.exec(await reply.text())?.[1]);
    }
    expect(texts).toEqual(['subscription 1: enabled', 'subscription 2: enabled', 'subscription 3: enabled']);
  });
});

/** Makes an app of the examples, as JavaScript: for TypeScript, Next would install what it misses. */
async function makeApp(folder: string): Promise<void> {
  const layout = `import { createElement } from 'react';
    export default ({ children }) => createElement('html', null, createElement('body', null, children));`;
  await mkdir(join(folder, 'app/api/dixa'), { recursive: true });
  await mkdir(join(folder, 'app/subscriptions'));
  await symlink(join(examplesFolder, 'node_modules'), join(folder, 'node_modules'));
  // The folder within which Next may follow that link.
  await writeFile(join(folder, 'next.config.mjs'), "export default { turbopack: { root: '/' } };");
  await writeFile(join(folder, 'app/layout.js'), layout);
  await cp(compiled(join(examplesFolder, 'next-page.tsx')), join(folder, 'app/subscriptions/page.js'));
  await cp(compiled(join(examplesFolder, 'next-route-handler.ts')), join(folder, 'app/api/dixa/route.js'));
}
