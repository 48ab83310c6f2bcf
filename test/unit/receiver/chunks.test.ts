import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { collectChunks } from '../../../src/receiver/body.js';

it('a body in any chunks is put together, and its chunks stay as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (parts) => {
      const given = parts.map((part) => Buffer.from(part));
      const chunks = collectChunks(Buffer.allocUnsafe);
      const sizes = given.map((chunk) => chunks.add(chunk));
      const whole = Buffer.concat(parts);
      expect(Buffer.compare(chunks.bytes(), whole)).toBe(0);
      expect([sizes.at(-1) ?? 0, chunks.size()]).toEqual([whole.length, whole.length]);
      expect(given.map((chunk) => [...chunk])).toEqual(parts.map((part) => [...part]));
    }),
  );
});

it('a body that is sent byte by byte takes no more memory than a few times its size', () => {
  const allocate = vi.fn(Buffer.allocUnsafe);
  const chunks = collectChunks(allocate);
  for (let count = 0; count < 1_000_000; count += 1) chunks.add(Buffer.from([count]));
  expect(chunks.bytes()).toHaveLength(1_000_000);
  expect(allocate.mock.calls.reduce((sum, [size]) => sum + size, 0)).toBeLessThan(4_000_000);
});

it('a body in one chunk is not copied', () => {
  const chunk = Buffer.from('{}');
  const chunks = collectChunks(Buffer.allocUnsafe);
  chunks.add(chunk);
  expect(chunks.bytes()).toBe(chunk);
});
