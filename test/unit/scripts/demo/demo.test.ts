import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type OperationId, operations, statuses } from '../../../../generated/operations.js';
import { main } from '../../../../scripts/demo/index.js';
import { type Ended, runMain } from '../../../support/run-main.js';

const demo = (...args: string[]) => runMain(main, args);

describe('npm run demo', () => {
  let shown: Ended;
  beforeAll(async () => {
    shown = await demo();
  });

  it('shows every operation, a 404 and a 429', () => {
    const { status, stdout, stderr } = shown;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const calls = [...stdout.matchAll(/^([A-Z]+) +\/beta(\/\S+) → (\d{3})$/gm)].map(([, ...call]) => call.join(' '));
    const pathOf = (path: string) =>
      path.replace(/\{webhookSubscriptionId\}/, '…').replace('{event}', 'ConversationRated');
    const successes = Object.entries(operations).map(
      ([id, { method, path }]) => `${method} ${pathOf(path)} ${statuses[id as OperationId][0]}`,
    );
    // The subscription is deleted before anybody reads it: that is the 404.
    const expected = successes.map((call) => call.replace(/^(GET \/webhooks\/…) 200$/, '$1 404'));
    expect(calls.sort()).toEqual([...expected, 'GET /webhooks 429'].sort());
  });

  it('shows a delivery that is handled, one whose handler throws, and its replay', () => {
    expect(shown.stdout.match(/^ {4}(verified and handled|the handler threw|response).*$/gm)).toEqual([
      '    verified and handled: ConversationRated, score 5',
      '    response 200',
      '    the handler threw: the database is down',
      '    response 500',
      '    verified and handled: ConversationRated, score 1',
      '    response 200',
    ]);
  });

  it('fits on one screen, says what is assumed, and shows no secret', () => {
    expect(shown.stdout.split('\n').length).toBeLessThan(40);
    expect(shown.stdout).toContain('Some of its behaviour is assumed');
    expect(shown.stdout).not.toMatch(/sandbox-|[\da-f]{32}/);
  });

  it('refuses an unknown option', async () => {
    const { status, stdout, stderr } = await demo('--life');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Unknown option '--life'.*\nUsage: npm run demo \[-- --live\]\n/);
  });

  it('--live says what is missing without a key', async () => {
    vi.stubEnv('DIXA_API_KEY', undefined);
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { status } = await demo('--live');
    const [[line] = []] = write.mock.calls;
    write.mockRestore();
    expect(status).toBe(1);
    expect(line).toMatch(/^DIXA_API_KEY is not set/);
  });
});
