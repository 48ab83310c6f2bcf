import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkExpectations, type Strictness } from './expectations.js';

const cases = join(import.meta.dirname, 'cases');
const files = readdirSync(cases).map((name) => join(cases, name));

const settings: Record<string, Strictness> = {
  strict: { strict: true },
  'strict with exactOptionalPropertyTypes': { strict: true, exactOptionalPropertyTypes: true },
  'strict with exactOptionalPropertyTypes and noUncheckedIndexedAccess': {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  },
};

describe.each(Object.entries(settings))('under %s', (_name, strictness) => {
  it('the public types accept what they should and refuse the rest, with the message that says why', () => {
    expect(checkExpectations(files, strictness)).toEqual([]);
  });
});

describe('the check of expectations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'expectations-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds an error that none expects, an expected one that does not come, and another message', () => {
    const file = join(folder, 'wrong.ts');
    writeFileSync(
      file,
      [
        'export const a: string = 1;',
        '// @ts-expect-error never',
        'export const b = 1;',
        '// @ts-expect-error another message',
        'export const c: string = 1;',
        "// @ts-expect-error Type 'number' is not assignable to type 'string'",
        'export const d: string = 1;',
      ].join('\n'),
    );
    expect(checkExpectations([file], { strict: true }).map((problem) => problem.slice(file.length))).toEqual([
      ":1 does not compile: Type 'number' is not assignable to type 'string'.",
      ":5 fails with another message: Type 'number' is not assignable to type 'string'.",
      ':3 compiles, but should fail: never',
    ]);
  });
});
