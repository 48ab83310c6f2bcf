import { expect, it } from 'vitest';
import { compileOldCode } from '../../scripts/breaking/code.js';
import { root } from '../../scripts/lib/package.js';

/** What a release might have had. */
const old: Record<string, string> = {
  'test/types/cases/old.ts': [
    "import { createDixaWebhooks, oldName } from '../../../src/index.js';",
    'const dixa = createDixaWebhooks();',
    '// @ts-expect-error a reason that was right then',
    'dixa.list();',
    "// @ts-expect-error Property 'lst' does not exist",
    'dixa.lst();',
    '// @ts-expect-error other words for the same',
    'dixa.gt();',
  ].join('\n'),
  'README.md': [
    '# Old',
    '```ts',
    'await dixa.list();',
    'await dixa.oldMethod();',
    '```',
    '```ts',
    "import 'not-installed';",
    '```',
    '',
  ].join('\n'),
};

it('the type tests and the README of a release tell what no longer compiles, and what does now', async () => {
  const findings = await compileOldCode(['test/types/cases/old.ts'], async (file) => old[file], { root });
  expect(findings.map(({ level, where, what }) => `${level} ${where} ${what}`)).toEqual([
    expect.stringMatching(/^major test\/types\/cases\/old\.ts:1 compiled, and does not any more: .*'oldName'/),
    'minor test/types/cases/old.ts:4 was refused ("a reason that was right then"), and compiles now',
    expect.stringMatching(/^major README\.md:4 compiled, and does not any more: .*'oldMethod'/),
    expect.stringMatching(/^patch README\.md:7 cannot be judged any more: .*'not-installed'/),
  ]);
});
