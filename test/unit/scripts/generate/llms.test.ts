import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webhookEventTypes } from '../../../../generated/event-types.js';
import { programs, renderLlms } from '../../../../scripts/generate/render-llms.js';
import type { Contract } from '../../../../scripts/lib/contract.js';
import { manifest, root } from '../../../../scripts/lib/package.js';
import * as client from '../../../../src/client/index.js';
import * as manage from '../../../../src/manage/index.js';
import * as receiver from '../../../../src/receiver/index.js';
import * as node from '../../../../src/receiver/node.js';
import * as redis from '../../../../src/receiver/redis.js';
import * as testing from '../../../../src/testing/index.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');
const reference = read('docs/reference.md');
const render = (readme: string, text = reference) =>
  renderLlms({
    root,
    packageJson: read('package.json'),
    contract: JSON.parse(read('generated/openapi.json')) as Contract,
    texts: Object.values(programs).map(read),
    reference: text,
    files: { 'README.md': readme },
  });
const llms = render(readme);
const lines = llms.split('\n');

/** The line that begins so. */
const lineOf = (start: string) => lines.find((line) => line.startsWith(start)) ?? `${start} is missing`;

/** The members of an interface that has a line for each. */
const membersOf = (name: string) => llms.split(`\ninterface ${name}`)[1]?.split('\n}')[0] ?? '';

describe('llms.txt', () => {
  test('is short enough to be read as a whole', () => {
    expect(lines.length).toBeLessThan(250);
    expect(lines.filter((line) => line.length > 700)).toEqual([]);
  });

  test.each(Object.entries({ client, receiver, node, redis, testing, manage }))(
    'describes each function, constant and class that %s exports',
    (_entry, exports) => {
      const described = (name: string) => new RegExp(`^(?:(?:const|class) )?${name}\\b.* // [A-Z\\d]`, 'm').test(llms);
      expect(Object.keys(exports).filter((name) => !described(name))).toEqual([]);
    },
  );

  test('describes each method of the client and the receiver', () => {
    const dixa = client.createDixaWebhooks({ apiKey: 'a-key' });
    for (const name of Object.keys(dixa))
      expect(membersOf('DixaWebhooks ')).toMatch(new RegExp(`^ {2}${name}\\W.* // `, 'm'));
    const made = receiver.createReceiver({ secret: 'ab'.repeat(32) });
    for (const name of Object.keys(made)) expect(membersOf('Receiver<')).toMatch(new RegExp(`^ {2}${name}\\W`, 'm'));
  });

  test('says what options are for, and their defaults', () => {
    expect(membersOf('DixaWebhooksOptions')).toMatch(
      /^ {2}timeoutMs\?: number = 30_000 \/\/ The timeout of each attempt/m,
    );
    expect(membersOf('ReceiverOptions')).toContain("  acknowledge?: 'handled' | 'received' = 'handled' // ");
    expect(llms).toContain(
      "by?: 'secret' | 'event' = 'secret'; leaseMs?: number = 60_000; keepMs?: number = 86_400_000 }",
    );
  });

  test('shows the properties of a type, whatever it is made of', () => {
    expect(lineOf('interface CreateWebhookSubscription')).toMatch(
      / \{ events: AnyEventType\[\]; .*name: string; url: string; /,
    );
    expect(lineOf('interface CreateWebhookSubscription')).not.toContain('secretKey');
    expect(llms).toContain('interface ErrorContext extends Partial<DeliveryContext> { ');
    expect(llms).toMatch(/type FilterField = 'InitialChannel' \| /);
    expect(llms).toMatch(/interface ReplayToUrl \{ to: string \| URL; timeoutMs\?: number = 30_000; secret: string; /);
    expect(llms).toContain('(subscriptionId: string | undefined, env: Env) => ');
    expect(llms).not.toMatch(/Schemas\[|\breadonly (?!`)|\?: [^,;]* \| undefined\b|\{@link/);
  });

  test('has the code of each error', () => {
    const { code } = new client.DixaInputError('url', 'is missing');
    expect(lineOf('class DixaInputError')).toContain(`{ code: '${code}'; field: string } // An argument is wrong.`);
    for (const line of lines.filter((each) => /^class Dixa\w+ extends (?:DixaApi|Dixa|Call)Error\b/.test(each)))
      if (!line.startsWith('class DixaApiError')) expect(line).toMatch(/ code: 'DIXA_[A-Z_]+'/);
  });

  test('has each event type once, after the type of its data', () => {
    const [, list = ''] = llms.split('## Event types');
    for (const name of webhookEventTypes)
      expect(list.match(new RegExp(` // (?:.*, )?${name}(?:,|$)`, 'gm'))).toHaveLength(1);
    expect(lineOf('interface ConversationRatedData')).toMatch(/ score\?: number; .* \/\/ ConversationRated$/);
  });

  test('holds whole programs, and says which version it is of', () => {
    for (const file of Object.values(programs)) expect(llms).toContain(read(file).trim().replaceAll('\n\n', '\n'));
    expect(lines[0]).toBe(`# dixa-webhooks ${manifest.version}`);
  });

  test('takes its tables of behaviour from the reference, and that of the commands from the README', () => {
    expect(llms).toContain('; 413: the body is larger than `maxBodyBytes`');
    expect(llms).toContain(
      'a lost connection: retried; POST: **not retried**: it could create a second subscription\n',
    );
    const commands =
      '\n| command | what it does | exit code 2 |\n| --- | --- | --- |\n| `list` | lists | |\n| `status` | shows | some failed |\n';
    expect(render(readme.replace(/^\| command \|(.*\n)+?\n/m, '') + commands)).toMatch(
      /\n`list`: lists\n`status`: shows; exit code 2: some failed\n$/,
    );
  });

  test('says which table is no longer there', () => {
    expect(() => render(readme, reference.replace('| what happened |', '| what |'))).toThrow(
      'docs/reference.md has no table whose first column is "what happened", which llms.txt shows.',
    );
  });

  test('names no file that is not in the package, and no script of the repository', () => {
    expect(llms).not.toMatch(/npm run|\]\((?!https?:)|(?<![\w/-])(?:docs|openapi|scripts|src|test)\/|\w+\.md\b/);
  });
});
