import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { type Program, start } from './program.js';
import { created, post } from './suite.js';

describeWhere([examplesInstalled], 'a receiver behind express.json()', () => {
  let program: Program;
  beforeAll(async () => {
    program = await start('express-json.ts', { DIXA_WEBHOOK_SECRET: '5c'.repeat(32) });
  });
  afterAll(() => program?.stop());

  it('responds with 500, so that the sender can retry, and says what to do', async () => {
    const event = created();
    expect(await post(`${program.url}/too-late`, event)).toEqual({ status: 500, text: '' });
    expect(program.output()).toMatch(/DixaConfigurationError: .*raw body/);
    expect(await post(`${program.url}/dixa`, event)).toEqual({ status: 200, text: '' });
    await program.printed(`created ${event.data.conversation.csid}`);
  });
});
