import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/package.js';
import { checkExpectations } from '../../scripts/lib/type-expectations.js';

const cases = join(import.meta.dirname, 'cases');
const files = new Map(
  readdirSync(cases).map((name) => [join(cases, name), readFileSync(join(cases, name), 'utf8')] as const),
);

const settings = {
  strict: {},
  'strict with exactOptionalPropertyTypes and noUncheckedIndexedAccess': {
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  },
};

describe.each(Object.entries(settings))('under %s', (_name, options) => {
  it('the public types accept what they should and refuse the rest, with the message that says why', () => {
    expect(checkExpectations(files, { root, options })).toEqual([]);
  });
});

describe('the check of expectations', () => {
  it('finds an unexpected error, a missing error, and another message', () => {
    const file = join(cases, 'wrong.ts');
    const text = [
      'export const a: string = 1;',
      '// @ts-expect-error never',
      'export const b = 1;',
      '// @ts-expect-error another message',
      'export const c: string = 1;',
      "// @ts-expect-error Type 'number' is not assignable to type 'string'",
      'export const d: string = 1;',
    ].join('\n');
    const message = "Type 'number' is not assignable to type 'string'.";
    expect(checkExpectations(new Map([[file, text]]), { root })).toEqual([
      { file, line: 1, kind: 'does not compile', message },
      { file, line: 5, kind: 'fails with another message', message },
      { file, line: 3, kind: 'compiles', message: 'never' },
    ]);
  });
});
