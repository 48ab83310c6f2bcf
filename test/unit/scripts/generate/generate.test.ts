import { existsSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../../../scripts/generate/index.js';
import { call } from '../../../support/run-main.js';
import { contractFile, edit, eventsFile, projectRoot, run, snapshot, temporaryProject } from './project.js';

const timeout = 60_000;
const contents = async (root: string) => ({
  ...Object.fromEntries(Object.entries(await snapshot(root)).map(([name, { content }]) => [name, content])),
  readme: await readFile(join(root, 'README.md'), 'utf8'),
  llms: await readFile(join(root, 'llms.txt'), 'utf8'),
});

test('writes the same bytes wherever and whenever it runs', { timeout }, async () => {
  const root = await temporaryProject();
  await rm(join(root, 'generated'), { recursive: true });
  await rm(join(root, 'llms.txt'));
  const env = { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Auckland', FORCE_COLOR: '1' };
  const { code } = await run('generate', root, { cwd: tmpdir(), env });
  expect(code).toBe(0);
  expect(await contents(root)).toEqual(await contents(projectRoot));
});

test('rewrites stale files, restores missing ones, removes unexpected ones, and leaves the rest alone', {
  timeout,
}, async () => {
  const root = await temporaryProject();
  const before = await snapshot(root);
  await writeFile(join(root, 'generated/operations.ts'), '// old\n');
  await writeFile(join(root, 'generated/extra.ts'), '');
  await rm(join(root, 'generated/event-types.ts'));
  await edit(root, 'README.md', '`TypingStarted` |', 'TypingStarted |');
  const { code, output } = await call((args) => main(args, root), []);
  expect(output).toMatch(
    /^Updated README\.md, generated\/event-types\.ts, generated\/extra\.ts, generated\/operations\.ts \(/,
  );
  expect(code).toBe(0);
  const after = await snapshot(root);
  expect(await contents(root)).toEqual(await contents(projectRoot));
  expect(after['openapi.ts']).toEqual(before['openapi.ts']);
});

test('--check names no files if there is nothing to do', { timeout }, async () => {
  const root = await temporaryProject();
  const { code, output } = await call((args) => main(args, root), ['--check']);
  expect(output).toMatch(/^generated\/, README\.md and llms\.txt are up to date \(\d+\.\d s\)\.\n$/);
  expect(code).toBe(0);
});

test('--check names each stale, missing and unexpected file and what to do, and writes nothing', {
  timeout,
}, async () => {
  const root = await temporaryProject();
  await edit(root, eventsFile, 'summary: A conversation was closed\n', 'summary: A conversation came to its end\n');
  await writeFile(join(root, 'generated/extra.ts'), '');
  await rm(join(root, 'generated/validators.d.ts'));
  await appendFile(join(root, 'generated/validators.js'), '\n');
  await rm(join(root, 'generated/version.ts'));
  const before = await snapshot(root);
  const { code, output } = await call((args) => main(args, root), ['--check']);
  const names = ['event-details.ts', 'event-types.ts', 'events.ts', 'extra.ts', 'openapi.json', 'validators.d.ts'];
  const files = [...names, 'validators.js', 'version.ts'].map((name) => `generated/${name}`).join(', ');
  expect(output).toBe(`Out of date: ${files}. Run \`npm run generate\` and commit the result.\n`);
  expect(code).toBe(1);
  expect(await snapshot(root)).toEqual(before);
});

test.each([
  [
    'does not parse',
    [[contractFile, 'title: Dixa', 'title: [Dixa']],
    [/^openapi\/dixa-webhooks\.yaml:4:3 is not valid YAML: /m],
  ],
  [
    'has faults',
    [
      [contractFile, 'examples/delivery-logs.json', 'examples/none.json'],
      [contractFile, 'enum: [All, Any]', 'enum: [All]'],
      [contractFile, '- AgentBannedIp\n', ''],
    ],
    [/examples\/none\.json/, /AgentBannedIp is not in/],
  ],
  [
    'has faults in its examples',
    [[contractFile, 'enum: [All, Any]', 'enum: [All]']],
    [/Example value must conform to the schema: `strategy` property/],
  ],
  [
    'has faults in the events',
    [
      [eventsFile, '    summary: A conversation was closed\n', ''],
      [eventsFile, 'fqn: CONVERSATION_OPEN\n', 'fqn: CONVERSATION_OPENED\n'],
      [eventsFile, '    x-payload: { $ref: payloads.yaml#/ConversationAbandonedPayload }\n', ''],
      [eventsFile, 'meaning: inferred', 'maening: inferred'],
    ],
    [
      /summary of ConversationClosed/,
      /fqn of ConversationOpen /,
      /ConversationAbandoned needs an x-payload/,
      /events\/webhooks\.yaml:\d+:\d+ at .*\n\nx-evidence has no "maening"/,
    ],
  ],
] as const)(
  'a contract that %s changes nothing, and each error is printed',
  { timeout },
  async (_, edits, messages) => {
    const root = await temporaryProject();
    for (const [file, from, to] of edits) await edit(root, file, from, to);
    await writeFile(join(root, 'generated/operations.ts'), '// old\n');
    const before = await snapshot(root);
    const { code, output } = await call((args) => main(args, root), []);
    for (const message of messages) expect(output).toMatch(message);
    expect(output).toContain('Nothing was written');
    expect(code).toBe(1);
    expect(await snapshot(root)).toEqual(before);
  },
);

test.each([
  [['--chekc'], "Unknown option '--chekc'"],
  [['now'], "Unexpected argument 'now'"],
])('%j is refused with the usage', { timeout }, async (args, message) => {
  const { code, output } = await call(main, args);
  expect(output).toContain(message);
  expect(output).toContain('Usage: npm run generate');
  expect(code).toBe(2);
});

test('a missing export is reported, and nothing is written', { timeout }, async () => {
  const root = await temporaryProject();
  await appendFile(join(root, 'src/client/index.ts'), "export { nothing } from './nothing.js';\n");
  await rm(join(root, 'llms.txt'));
  const { code, output } = await call((args) => main(args, root), []);
  expect(output).toContain('src/client/index.ts exports nothing, which does not exist.');
  expect(code).toBe(1);
  expect(existsSync(join(root, 'llms.txt'))).toBe(false);
});

test('a README without markers for the table of events is refused', { timeout }, async () => {
  const root = await temporaryProject();
  await edit(root, 'README.md', '<!-- events:end -->', '');
  const before = await contents(root);
  const { code, output } = await call((args) => main(args, root), []);
  expect(output).toContain('README.md must contain the lines "<!-- events:start');
  expect(code).toBe(1);
  expect(await contents(root)).toEqual(before);
});
