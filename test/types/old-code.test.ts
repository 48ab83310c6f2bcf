import { expect, it } from 'vitest';
import { compileOldCode } from '../../scripts/breaking/code.js';
import { root } from '../../scripts/lib/package.js';

/** What a release might have had. */
const old: Record<string, string> = {
  'test/types/cases/old.ts': [
    "import { createDixaWebhooks, oldName } from '../../../src/client/index.js';",
    'const dixa = createDixaWebhooks();',
    '// @ts-expect-error a reason that was right then',
    'dixa.list();',
    "// @ts-expect-error Property 'lst' does not exist",
    'dixa.lst();',
    '// @ts-expect-error other words for the same',
    'dixa.gt();',
  ].join('\n'),
  'examples/old.ts': [
    "import { anything } from 'not-installed';",
    "import { createReceiver, oldName } from 'dixa-webhooks/receiver';",
    'anything(createReceiver({ secret: [] }), (each) => oldName(each));',
  ].join('\n'),
  'README.md': ['# Old', '```ts', 'await dixa.list();', 'await dixa.oldMethod();', '```', ''].join('\n'),
};

const read = (paths: readonly string[]) =>
  new Map(Object.entries(old).filter(([file]) => paths.some((path) => file.startsWith(path))));

it('the type tests, README and examples of a release show what no longer compiles, and what does now', async () => {
  const findings = await compileOldCode({ read }, { root });
  expect(findings.map(({ level, where, what }) => `${level} ${where} ${what}`)).toEqual([
    expect.stringMatching(/^major test\/types\/cases\/old\.ts:1 no longer compiles: .*'oldName'/),
    'minor test/types/cases/old.ts:4 did not compile ("a reason that was right then"), but does now',
    expect.stringMatching(/^major README\.md:4 no longer compiles: .*'oldMethod'/),
    expect.stringMatching(/^major examples\/old\.ts:2 no longer compiles: .*'oldName'/),
  ]);
});
