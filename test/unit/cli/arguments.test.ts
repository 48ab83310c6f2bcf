import { describe, expect, it } from 'vitest';
import { manifest } from '../../../scripts/lib/package.js';
import { commands } from '../../../src/cli/commands.js';
import { runCli } from '../../support/run-cli.js';

describe('the arguments of the command', () => {
  it.each([
    [['lst'], "Unknown command 'lst': did you mean list?"],
    [['list', '--jsn'], "Unknown option '--jsn': did you mean --json?"],
    [['logs', 'an-id'], "Missing required argument 'event'."],
    [['list', 'all'], "Too many arguments for 'list'. Expected 0 arguments but got 1."],
    [[], 'No command given. Run dixa-webhooks --help to list all commands.'],
    [['help', 'lst'], "Unknown command 'lst': did you mean list?"],
    [['swordfish', '--help'], "Unknown command 'swordfish': dixa-webhooks --help lists the commands."],
    [['list'], 'DIXA_API_KEY is not set: export the API token of an administrator.'],
    [
      ['trigger', 'ConversationRatd', '--to', 'http://localhost'],
      'There is no event type ConversationRatd: did you mean ConversationRated?',
    ],
    [
      ['trigger', 'ConversationRated', '--to', 'localhost:3000'],
      '--to must be an http: or https: URL without credentials.',
    ],
    [
      ['trigger', 'ConversationRated', '--to', 'http://dixa:swordfish@localhost'],
      '--to must be an http: or https: URL without credentials.',
    ],
    [
      ['trigger', 'ConversationRated'],
      'Pass --to <url>, the URL of the receiver. Without it, DIXA_BASE_URL must be a sandbox.',
    ],
    [['replay', 'an-id'], 'Pass --to <url>: the URL of the receiver, such as http://localhost:3000.'],
    [
      ['trigger', 'ConversationRated', '--copies', '0', '--to', 'http://localhost'],
      '--copies must be a whole number from 1 to 100.',
    ],
    [['sandbox', '--port', '70000'], '--port must be a whole number from 0 to 65535.'],
    [
      ['replay', 'an-id', '--dry-run', '--event', 'Conversation Rated'],
      'Conversation Rated is not an event type: names contain only letters and digits.',
    ],
    [['verify', 'body.json'], 'Pass --signature: the value of the X-DIXA-SIGNATURE header.'],
  ])('refuses %j in one line with the fix', async (args, message) => {
    expect(await runCli(args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });

  it('prints errors as JSON with --json', async () => {
    const { code, stdout, stderr } = await runCli(['list', '--json', '--nme']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({ code: 'USAGE', message: "Unknown option '--nme'." });
  });

  it.each([
    ['--secret=swordfish', '--secret'],
    ["--secret=sword'fish", '--secret'],
    ['-pswordfish', '-p'],
    ['-p=swordfish', '-p'],
  ])('does not repeat the value of an unknown option, which may be a secret: %s', async (arg, name) => {
    const { stderr } = await runCli(['list', arg]);
    expect(stderr).toBe(`Unknown option '${name}'.\n`);
  });

  it.each([
    [['--json', 'lst'], "Unknown command 'lst': did you mean list?"],
    [['--json'], 'No command given. Run dixa-webhooks --help to list all commands.'],
  ])('says what is wrong with the command after --json: %j', async (args, message) => {
    const { code, stderr } = await runCli(args);
    expect({ code, printed: JSON.parse(stderr) }).toEqual({ code: 1, printed: { code: 'USAGE', message } });
  });

  it.each([
    [['--signature', 't=1', 'verify', 'body.json']],
    [['verify', '--signature', 't=1', 'body.json']],
    [['verify', 'body.json', '--signature', 't=1']],
  ])('takes options in any position: %j', async (args) => {
    const { stderr } = await runCli(args);
    expect(stderr).toBe('DIXA_WEBHOOK_SECRET is not set: export the secret of the subscription.\n');
  });

  it('prints its version', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });
});

describe('--help', () => {
  it('lists the commands by whether they need a key, the environment and the exit codes', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, withKey = '', without = ''] =
      /need an API key.*?:\n(.*)Commands that need no API key:\n(.*)Examples:/s.exec(stdout) ?? [];
    for (const [name, { needsKey }] of Object.entries(commands))
      expect(needsKey ? withKey : without).toContain(`  ${name} `);
    expect(stdout).toMatch(/Environment:\n.*DIXA_API_KEY.*Exit codes:\n.*130/s);
  });

  it.each(Object.entries(commands))('of %s shows its options and examples', async (name, info) => {
    const { code, stdout } = await runCli([name, '--help']);
    expect(code).toBe(0);
    for (const [flags] of 'options' in info ? info.options : []) expect(stdout).toContain(flags);
    for (const example of info.examples) expect(stdout).toContain(example);
    expect(stdout.includes('Exit code 2:')).toBe('no' in info);
    expect(await runCli(['help', name])).toMatchObject({ stdout });
  });
});
