import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DixaSignatureError, signPayload, verifySignature } from '../../../../src/receiver/index.js';
import { parseSignature } from '../../../../src/receiver/signature.js';
import { startOfTime } from '../../../support/fake-clock.js';
import { secret, thrown } from '../../../support/receiver-delivery.js';

const body = '{}';
const signature = await signPayload({ body, secret, timestamp: startOfTime });
const [t = '', v1 = ''] = signature.split(',');
const verify = (header: string | null | undefined) =>
  verifySignature({ body, signature: header, secret, now: startOfTime });
const wrong = `v1=${'0'.repeat(64)}`;

describe('a signature header', () => {
  it.each([
    signature,
    `${v1},${t}`,
    `  ${t} , ${v1}  `,
    `${t},${v1.toUpperCase().replace('V', 'v')}`,
    `${t},v0=abc,${v1},v2=,other`,
    `${t},${wrong},${v1}`,
    `${t},${`${wrong},`.repeat(7)}${v1}`,
  ])('is taken: %s', async (header) => {
    await expect(verify(header)).resolves.toMatchObject({ secretIndex: 0 });
  });

  it.each([
    `${t},${`${wrong},`.repeat(8)}${v1}`,
    `${signature},${'x'.repeat(1024)}`,
    `${signature}=`,
    `${signature}=x`,
    `${t}=1,${v1}`,
    `${signature}\nx`,
    `${signature},${t}`,
    `${signature},${wrong}0`,
    `T${t.slice(1)},${v1}`,
    `${t},V${v1.slice(1)}`,
    `${t};${v1}`,
    `${signature}, ${signature}`,
    `t=+${t.slice(2)},${v1}`,
    `t= ${t.slice(2)},${v1}`,
    `t=0x10,${v1}`,
    `t=١٢٣,${v1}`,
    `t,v1`,
    ` `,
  ])('is garbled: %s', async (header) => {
    await expect(verify(header)).rejects.toMatchObject({ reason: 'malformed-header' });
  });

  it.each([undefined, null, ''])('is missing: %o', async (header) => {
    await expect(verify(header)).rejects.toMatchObject({ reason: 'missing-header' });
  });

  it('is parsed or refused with a DixaSignatureError, whatever its text', () => {
    const piece = fc.oneof(
      fc.constantFrom('t=', 'v1=', ',', '=', ' ', '1', 'ab', '\n', '\0'),
      fc.string({ unit: 'binary' }),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(texts, (header) => {
        try {
          const { t: time, digests } = parseSignature(header);
          expect(time).toMatch(/^\d+$/);
          for (const digest of digests) expect(digest).toMatch(/^[\da-f]{64}$/);
        } catch (error) {
          if (!(error instanceof DixaSignatureError)) throw error;
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('has two reasons to be refused: it is missing, or garbled', () => {
    expect([undefined, 'x'].map((header) => thrown(() => parseSignature(header)))).toMatchObject([
      { reason: 'missing-header' },
      { reason: 'malformed-header' },
    ]);
  });

  it('is not parsed where it is too long', () => {
    const split = vi.spyOn(String.prototype, 'split');
    const lower = vi.spyOn(String.prototype, 'toLowerCase');
    try {
      expect(thrown(() => parseSignature(','.repeat(1025)))).toMatchObject({ reason: 'malformed-header' });
      expect(split).not.toHaveBeenCalled();
      expect(lower).not.toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('the comparison of digests', () => {
  /** How many characters are looked at to find that a digest is wrong. */
  async function charactersRead(digest: string): Promise<number> {
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    try {
      await expect(verify(`${t},v1=${digest}`)).rejects.toMatchObject({ reason: 'signature-mismatch' });
      return charCodeAt.mock.contexts.filter((text) => String(text) === digest).length;
    } finally {
      charCodeAt.mockRestore();
    }
  }

  it('looks at every character, wherever the first difference is', async () => {
    const digest = v1.slice(3);
    const other = (char = '') => (char === '0' ? '1' : '0');
    const early = other(digest[0]) + digest.slice(1);
    const late = digest.slice(0, -1) + other(digest.at(-1));

    expect([await charactersRead(early), await charactersRead(late)]).toEqual([64, 64]);
  });

  it.each(Array.from({ length: 64 }, (_, index) => index))('sees a wrong character at %i', async (index) => {
    const digits = [...v1.slice(3)];
    digits[index] = digits[index] === '0' ? '1' : '0';
    await expect(verify(`${t},v1=${digits.join('')}`)).rejects.toMatchObject({ reason: 'signature-mismatch' });
  });
});
