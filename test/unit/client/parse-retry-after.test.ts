import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/client/retry.js';
import { startOfTime, useFakeClock } from '../../support/fake-clock.js';

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    ['0120', 120_000],
    ['1.5', 2_000],
    ['0.001', 1_000],
    ['59.0', 59_000],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
    ['Mon, 23 Nov 2026 08:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 08:00:00 GMT', 86_400_000],
    ['Mon, 23 Nov 2026 07:59:59 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ])('reads seconds, a fraction rounded up, and dates: %s', (value, ms) => {
    useFakeClock();
    expect(parseRetryAfter(value)).toBe(ms);
  });

  it.each([
    null,
    '',
    ' ',
    'soon',
    '1.',
    '.5',
    '1.5.1',
    '-1',
    '+1',
    '1e3',
    '0x1',
    '１',
    '1 ',
    '1\n',
    '1s',
    '1,1',
    'NaN',
    'Infinity',
    '2026-11-23',
    '2026-11-23T08:00:30Z',
    'Mon, 23 Nov 2026 08:00:30',
    'Mon, 23 Nov 2026 08:00:30 UTC',
    'Mon, 23 Nov 2026 08:00:30 +0000',
    'Mon, 99 Nov 2026 08:00:30 GMT',
    'Mon, 23 Foo 2026 08:00:30 GMT',
    'Mon, 23 Nov 2026 25:00:30 GMT',
    'Mon Nov 23 08:00:30 2026',
    'Nov 23 2026',
  ])('ignores all else: %j', (value) => {
    expect(parseRetryAfter(value)).toBeUndefined();
  });

  it('gives a safe number of milliseconds or nothing, for any text', () => {
    const nearly = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[-+]?\d{0,40}(\.\d)?$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(nearly, (value) => {
        const ms = parseRetryAfter(value);
        if (ms === undefined) return;
        expect(Number.isSafeInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is exact for any number of seconds and for any date to come', () => {
    useFakeClock();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seconds) => {
        expect(parseRetryAfter(`${seconds}`)).toBe(seconds * 1_000);
        expect(parseRetryAfter(new Date(startOfTime + seconds * 1_000).toUTCString())).toBe(seconds * 1_000);
      }),
    );
  });
});
