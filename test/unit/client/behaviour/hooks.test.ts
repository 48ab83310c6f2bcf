import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, type DixaLogger } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { errorOf, resultOf, useFakeClock } from '../../../support/fake-clock.js';
import { failure, fakeDixa, newSubscription, subscription, subscriptionId } from '../../../support/fake-dixa.js';

const fail = () => {
  throw new Error('the disk is full');
};
const reject = async () => fail();

const loggers: readonly (readonly [string, DixaLogger])[] = [
  ['throws', { debug: fail, warn: fail }],
  ['rejects', { debug: reject, warn: reject }],
];

describe.each(loggers)('a logger that %s', (_, logger) => {
  it.each(ways)('changes nothing for $name', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(429)], { logger });
    expect(await resultOf(call(dixa))).toBe(200);
    expect(sent).toHaveLength(2);
  });

  it('does not lose a created subscription or its secret', async () => {
    expect(await fakeDixa([], { logger }).dixa.create(newSubscription)).toEqual(subscription);
  });
});

describe('an onRetry that throws', () => {
  it.each([
    ['an error', new Error('give up')],
    ['undefined', undefined],
    ['null', null],
    ['a text', 'give up'],
  ])('ends the call with its error before anything more is sent: %s', async (_, thrown) => {
    useFakeClock();
    const throwing = () => {
      throw thrown;
    };
    for (const onRetry of [() => Promise.reject(thrown), throwing]) {
      for (const { call } of ways) {
        const { dixa, sent } = fakeDixa([failure(429)], { onRetry });
        expect(await errorOf(call(dixa))).toBe(thrown);
        expect(sent).toHaveLength(1);
      }
    }
  });
});

describe('a log line', () => {
  it('starts with the name of the package', async () => {
    useFakeClock();
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    await resultOf(fakeDixa([failure(503)], { logger: { debug: log, warn: log } }).dixa.list());
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^dixa-webhooks: listWebhookSubscriptions, attempt [12]: /);
  });

  it('reports unknown fields of a response once per client, by name only', async () => {
    const lines: string[] = [];
    const logger = { debug: () => {}, warn: (line: string) => void lines.push(line) };
    const page = () => Response.json({ data: [], nextPageKey: 'hidden', total: 3 });
    const { dixa } = fakeDixa([page, page, page], { logger });
    expect(await dixa.list()).toEqual([]);
    expect(await dixa.deliveryStatuses(subscriptionId)).toEqual([]);
    expect(await dixa.list()).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('nextPageKey,total');
    expect(lines[0]).not.toContain('hidden');
  });
});

it('a logger is called with its this', async () => {
  class Logger {
    readonly lines: string[] = [];
    debug(line: string) {
      this.lines.push(line);
    }
    warn(line: string) {
      this.lines.push(line);
    }
  }
  const logger = new Logger();
  const dixa = createDixaWebhooks({ apiKey: 'k', logger, fetch: async () => Response.json({ data: [] }) });
  await dixa.list();
  expect(logger.lines).toHaveLength(1);
});
