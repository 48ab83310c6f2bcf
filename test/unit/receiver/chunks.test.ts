import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { collectChunks } from '../../../src/receiver/body.js';

it('a body in any chunks is put together', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5 })), fc.integer({ min: 1, max: 3_000 }), (few, times) => {
      const parts = Array.from({ length: times }, () => few).flat();
      const chunks = collectChunks<Buffer>(Buffer.concat);
      for (const part of parts) chunks.add(Buffer.from(part));
      expect(chunks.whole().equals(Buffer.concat(parts))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it('a body that is sent byte by byte is not kept as a million objects', () => {
  const join = vi.fn(Buffer.concat);
  const chunks = collectChunks<Buffer>(join);
  for (let count = 0; count < 1_000_000; count += 1) chunks.add(Buffer.from([count]));
  expect(chunks.whole()).toHaveLength(1_000_000);
  expect(Math.max(...join.mock.calls.map(([parts]) => parts.length))).toBeLessThan(2_048);
});

it('a body in one chunk is not copied', () => {
  const chunk = Buffer.from('{}');
  const chunks = collectChunks<Buffer>(Buffer.concat);
  chunks.add(chunk);
  expect(chunks.whole()).toBe(chunk);
});
