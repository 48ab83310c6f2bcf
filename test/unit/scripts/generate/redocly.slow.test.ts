import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main as lint } from '../../../../scripts/check/lint.js';
import { bundleOf, contractSource, faultsOf } from '../../../../scripts/generate/read-contract.js';
import { faultsText, redocly } from '../../../../scripts/lib/redocly.js';
import { call } from '../../../support/run-main.js';
import { contractFile, edit, projectRoot, temporaryProject } from './project.js';

const lintText = async (root: string) => faultsText(await faultsOf(await contractSource(root), root), root);

describe('redocly as a library', { timeout: 60_000 }, () => {
  test('makes the same bundle as the command', async () => {
    const { stdout } = await redocly(['bundle', '--ext=json'], projectRoot);
    expect(JSON.stringify(await bundleOf(await contractSource(projectRoot)), null, 2)).toBe(stdout.trimEnd());
  });

  test('finds the same faults as the command', async () => {
    const root = await temporaryProject();
    await edit(root, contractFile, 'type: boolean', 'type: bolean');
    await edit(root, 'openapi/events/payloads.yaml', 'objects.yaml#/Conversation', 'objects.yaml#/Conversatio');
    const { stdout, code } = await redocly(['lint', '--format=json'], root);
    const { problems } = JSON.parse(stdout) as {
      problems: { ruleId: string; message: string; location: { start: object }[] }[];
    };
    const found = await faultsOf(await contractSource(root), root);
    expect(
      found.map(({ ruleId, message, line, column }) => ({ ruleId, message, start: { line, col: column } })),
    ).toEqual(problems.map(({ ruleId, message, location: [place] }) => ({ ruleId, message, start: place?.start })));
    expect(found.length).toBeGreaterThan(10);
    expect(code).toBe(1);
  });
});

describe('the printed errors', () => {
  test('a misspelt type is one error; examples that fail because of it are only counted', async () => {
    const root = await temporaryProject();
    await edit(root, contractFile, 'type: boolean', 'type: bolean');
    const text = await lintText(root);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^openapi\/dixa-webhooks\.yaml:\d+:17 {2}struct$/),
      '  type: bolean',
      expect.stringContaining('`type` can be one of the following only'),
      '  Did you mean boolean?',
      '',
      expect.stringMatching(/^1 error\. Not shown: \d+ that follow from it or repeat elsewhere\.$/),
    ]);
  });

  test('a missing schema that is used in many places is reported once, with some of the places', async () => {
    const root = await temporaryProject();
    await edit(root, 'openapi/events/objects.yaml', '\nConversation:', '\nConversatio:');
    const text = await lintText(root);
    expect(text).toMatch(
      /no-unresolved-refs\n {2}\$ref: objects\.yaml#\/Conversation\n {2}Can't resolve \$ref\n {2}Also at .*, \d+ more places\.\n\n1 error\./,
    );
  });

  test('two causes are both reported', async () => {
    const root = await temporaryProject();
    await edit(root, contractFile, 'type: boolean', 'type: bolean');
    await rm(join(root, 'openapi/examples/events/TypingStarted.json'));
    const text = await lintText(root);
    expect(text).toContain("no such file or directory 'openapi/examples/events/TypingStarted.json'");
    expect(text).toMatch(/\n\n2 errors\. Not shown: \d+ that follow from them/);
  });
});

test('`npm run lint` uses the result of the command, and prints a line if nothing is wrong', {
  timeout: 60_000,
}, async () => {
  expect(await call(lint, [])).toEqual({ code: 0, output: 'openapi/ passes redocly lint.\n' });
});
