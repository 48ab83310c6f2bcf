import { describe, expect, it } from 'vitest';
import { signPayload } from '../../../src/receiver/index.js';
import { printAsDixa } from '../../../src/shared/dixa-json.js';
import { type CliResult, runCli } from '../../support/run-cli.js';

const secret = '5eC2e7'.repeat(8).toLowerCase().padEnd(64, '0');
const env = { DIXA_WEBHOOK_SECRET: secret };
const timestamp = Date.parse('2026-01-31T12:00:00Z');
const sent = printAsDixa({ event_id: 'an-id', data: { name: 'Zoë', tags: [], price: 1.5 } });

async function verify(stdin: string, ...args: string[]): Promise<CliResult> {
  const signature = await signPayload({ body: sent, secret, timestamp });
  return runCli(['verify', '--signature', signature, ...args], { env, stdin });
}

describe('verify', () => {
  it('says that a signature holds, however long ago it was made', async () => {
    expect(await verify(sent)).toEqual({
      code: 0,
      stdout: 'The signature is valid. It was made at 2026-01-31T12:00:00.000Z.\n',
      stderr: '',
    });
  });

  it.each(['2026-01-31T12:04:00Z', '1769861040000'])('checks the time of arrival, if it is given: %s', async (at) => {
    expect((await verify(sent, '--at', at)).code).toBe(0);
    const { code, stdout } = await verify(sent, '--at', '2026-01-31T13:00:00Z');
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('60 min old') });
  });

  it.each([
    ['a newline was added at the end', `${sent}\n`],
    ['its line endings were changed from LF to CRLF', sent.replaceAll('\n', '\r\n')],
    ['a byte order mark was added', `\uFEFF${sent}`],
    ['its UTF-8 was decoded as Latin-1', Buffer.from(sent).toString('latin1')],
    ['it was parsed and serialised again', JSON.stringify(JSON.parse(sent))],
    ['it was parsed and serialised again', JSON.stringify(JSON.parse(sent), null, 2)],
    ['it was parsed and serialised again', JSON.stringify(JSON.parse(sent)).replace('ë', '\\u00eb')],
    [
      'white space was added around it, and its line endings were changed from LF to CRLF',
      `\r\n${sent.replaceAll('\n', '\r\n')}`,
    ],
  ])('says that %s', async (cause, body) => {
    const { code, stdout } = await verify(body);
    expect({ code, stdout }).toEqual({
      code: 2,
      stdout: `The signature is not valid. The body was changed before it was verified: ${cause}. Verify the raw body, before anything parses it.\n`,
    });
  });

  it('says as JSON that nothing is known of what was changed', async () => {
    const { code, stdout } = await verify(sent.replace('1.5', '2.5'), '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ valid: false, reason: 'signature-mismatch', cause: null });
  });

  it('needs a secret that is one, and a time that is one', async () => {
    expect(await runCli(['verify', '--signature', 't=1', '--at', 'noon'], { env })).toMatchObject({
      code: 1,
      stderr: '--at must be ISO 8601, such as 2026-01-31T12:00:00Z, or epoch milliseconds.\n',
    });
    const wrong = await runCli(['verify', '--signature', 't=1'], { env: { DIXA_WEBHOOK_SECRET: 'swordfish' } });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('secret is not hex') });
  });
});
