import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { type Program, start } from './program.js';
import { created, post, secret } from './suite.js';

describeWhere([examplesInstalled], 'a server route of Nuxt', () => {
  let program: Program;
  beforeAll(async () => {
    program = await start('nuxt.ts', { DIXA_WEBHOOK_SECRET: secret }, 'h3');
  });
  afterAll(() => program?.stop());

  // With toWebRequest() this process would end: h3 still writes to the stream after the receiver has cancelled it.
  it('refuses a body in chunks that is too large, and goes on', async () => {
    const chunks = Array.from({ length: 40 }, () => new Uint8Array(100_000));
    const headers = { 'X-DIXA-SIGNATURE': `t=${Date.now()},v1=${'0'.repeat(64)}` };
    const init = { method: 'POST', headers, body: Readable.from(chunks), duplex: 'half' };
    expect((await fetch(`${program.url}/dixa`, init as unknown as RequestInit)).status).toBe(413);
    expect((await post(`${program.url}/dixa`, created())).status).toBe(200);
  });
});
