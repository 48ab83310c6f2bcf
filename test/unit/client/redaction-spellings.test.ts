import { describe, expect, it } from 'vitest';
import { createRedact, secretsOf } from '../../../src/client/redact.js';

const hex = 'ab'.repeat(30);

describe('a secret', () => {
  it.each<[how: string, secrets: string[], text: string, shown: string]>([
    ['holds a shorter one and is encoded', ['s3cret', 's3cret/and+more'], 'got s3cret%2Fand%2Bmore', 'got [redacted]'],
    [
      'holds userinfo and is encoded',
      ['https://a:b@host/?a=1&token=abc'],
      'got https://a:b@host/?a=1&amp;token=abc',
      'got [redacted]',
    ],
    ['holds hexadecimal digits and is encoded', [`k/${hex}/rest`], `got k%2F${hex}%2Frest`, 'got [redacted]'],
    ['ends with a backslash, in HTML', ['pa<ss\\'], '<b>pa&lt;ss\\</b>', '<b>[redacted]</b>'],
    [
      'begins with a period that the text begins earlier',
      [`${'ab'.repeat(40)}-rest`],
      `x${'ab'.repeat(41)}-rest`,
      'x[redacted]',
    ],
    [
      'begins as another one does',
      [`${'x'.repeat(64)}longer`, `${'x'.repeat(64)}b`],
      `got ${'x'.repeat(64)}longer`,
      'got [redacted]',
    ],
    ['is where a longer one could begin', ['s3cret-and-more', 'cret-'], 's3cret-x', 's3[redacted]x'],
    ['overlaps itself', ['abab'], 'x ababab', 'x [redacted]'],
    ['follows what looks like an escape', ['abc/def', 'x y'], '100%abc/def, x%20y', '100%[redacted], [redacted]'],
    ['follows half a character of UTF-8', ['s3cret/x'], 'got %F1%733cret%2Fx', 'got %F1[redacted]'],
    ['is the word that hides it', ['redacted'], 'redacted %41', '[redacted] %41'],
    ['has entities with zeros and capitals', ['a/b/c&d'], 'got a&#X2F;b&#000000047;c&AMP;d', 'got [redacted]'],
    ['begins in what is hidden and escaped more often', ['u/x@zzz'], '://u%252Fx@zzz', '://[redacted]'],
    ['has characters of two units', ['s3cret🔑'], 's3cret&#128273; s3cret%F0%9F%94%91', '[redacted] [redacted]'],
    ['is short and escaped', ['a b'], 'x%20a%20b%20y', 'x [redacted] y'],
    ['follows a letter whose small form is longer', ['s3cret'], 'İİ s3cret, İ', 'İİ [redacted], İ'],
    ['is in a URL that is unescaped later', ['x y'], '://us%2Fer:pw@host x%20y', '://[redacted]@host [redacted]'],
    ['is cut', ['s3cret'.repeat(20)], `got ${'s3cret'.repeat(12)}…`, 'got [redacted]…'],
    ['is one character', ['a'], 'a b%20a, ba a', '[redacted] b [redacted], ba [redacted]'],
    ['has other capitals', ['ΟΔΟΣ-İx'], 'οδοσ-İX', '[redacted]'],
  ])('is hidden if it %s', (_how, secrets, text, shown) => {
    expect(createRedact(secrets)(text)).toBe(shown);
  });

  it.each(['https://us:opensesame@host', 'https:/us:opensesame@host', 'https:\\\\us:opensesame@host'])(
    'is the password in the URL of a subscription: %s',
    (url) => expect(secretsOf({ url })).toEqual(['us:opensesame', 'opensesame']),
  );

  it('is the user of a URL without a password', () => {
    expect(secretsOf({ url: 'https://opensesame:@host/a@b' })).toContain('opensesame');
  });
});

it.each([
  'Field "value": must be a string',
  `Missing 'headers': expected an object`,
  'DecodingFailure at .authorization.password: Missing required field',
  'see https://docs.example.com/x, or write to help@example.com',
  'C:\\new\\table, 100%ab, &lt;b&gt; &amp; x%20y',
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709',
])('an ordinary message stays as it is: %s', (message) => {
  expect(createRedact(['the-key-of-this-test', 'q'])(message)).toBe(message);
});

describe('data that would take long', () => {
  const secrets = Array.from({ length: 50 }, (_, index) => `${'<'.repeat(900)}${index}`);

  it.each<[what: string, data: unknown]>([
    ['many values', Array.from({ length: 30_000 }, () => '')],
    ['many numbers', Array.from({ length: 40_000 }, () => 1)],
    ['many finds', 'a '.repeat(70_000)],
    ['many suspects', '://@'.repeat(2 ** 17)],
    ['many escapes', '&amp;'.repeat(2 ** 17)],
    ['many near misses', `${'<'.repeat(63)}x`.repeat(16_000)],
    ['a long text', 'x'.repeat(3 * 2 ** 20)],
    ['many rounds of a long text', `%252541${'x'.repeat(2 ** 20)}`],
  ])('is withheld: %s', (_what, data) => {
    expect(createRedact([...secrets, 'a'])(data)).toBe('[redacted]');
  });

  it.each([
    ['many keys', Object.fromEntries(Array.from({ length: 2_500 }, (_, index) => [`k${index}`, index]))],
    ['a text of a megabyte', 'The quick brown fox. '.repeat(50_000)],
    [
      'JSON of a megabyte',
      JSON.stringify(Array.from({ length: 9_000 }, (_, index) => `${'fox. '.repeat(20)}"${index}"`)),
    ],
    ['near misses', `${'<'.repeat(63)}x`.repeat(50)],
  ])('is shown if it is not too much: %s', (_what, data) => {
    expect(createRedact(secrets)(data)).toEqual(data);
  });

  it.each([
    ['many', Array.from({ length: 12_000 }, (_, index) => `${index}`.padStart(64, '-'))],
    ['long', Array.from({ length: 15 }, (_, index) => `${index}`.padStart(100_000, '-'))],
  ])('is withheld if the secrets are too %s', (_what, many) => {
    expect(createRedact(many)('a text')).toBe('[redacted]');
  });

  it('is withheld if a getter throws, and after too much work so is all else', () => {
    const redact = createRedact(secrets);
    const data = {
      get name(): string {
        throw new Error('no');
      },
    };
    expect([redact(data), redact('a text')]).toEqual(['[redacted]', 'a text']);
    expect([redact('x'.repeat(2 ** 22)), redact('a text')]).toEqual(['[redacted]', '[redacted]']);
  });
});
