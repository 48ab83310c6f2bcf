import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRepeated, namesThatMoved } from '../../../../scripts/breaking/compare.js';
import { compareSurfaces } from '../../../../scripts/breaking/exports.js';
import { root } from '../../../../scripts/lib/package.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sources = new Map(
  ['src', 'generated'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))

      .map((name): [string, string] => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]),
  ),
);

/** What is found if the files of now differ in these texts: file, old text, new text. */
function changes(edits: readonly (readonly [file: string, from: string, to: string])[]) {
  const instead = new Map<string, string>();
  for (const [file, from, to] of edits) {
    const text = instead.get(file) ?? sources.get(file) ?? '';
    if (!text.includes(from)) throw new Error(`${file} does not have ${from}`);
    instead.set(file, text.replace(from, to));
  }
  return compareSurfaces(root, [manifest, sources], [manifest, instead]);
}

describe('the sources of this package', () => {
  it('do not differ from themselves', () => {
    expect(changes([])).toEqual([]);
  });

  it('are reported if they differ', () => {
    const findings = changes([
      ['src/client/client.ts', 'Promise<WebhookSubscription[]>', 'Promise<WebhookSubscription[] | undefined>'],
      [
        'src/client/options.ts',
        'readonly logger?:',
        '/** More. */\n  readonly more?: string | undefined;\n  readonly logger?:',
      ],
      ['src/receiver/types.ts', "'handled' | 'received'", "'handled'"],
      ['src/receiver/dedupe.ts', '  claim(key', '  has(key: string): boolean;\n  claim(key'],
      ['src/client/types.ts', '  values: readonly string[];', '  values: string[];'],
      ['src/client/index.ts', 'export { allOf, anyOf', 'export { anyOf'],
    ]);
    expect(findings.map(({ level, where, what }) => `${level} ${where} ${what}`)).toEqual([
      'minor DixaWebhooksOptions.more is new',
      'major DixaWebhooks.list() may now be undefined',
      'major IsOneOf.values was `readonly string[]`, is `string[]`',
      'major dixa-webhooks.allOf is gone',
      "major ReceiverOptions.acknowledge is no longer 'received'",
      'major DedupeStore.has is new and required',
    ]);
  });

  it('repeat the contract if it has another event type or operation, which is reported with it', () => {
    const findings = changes([
      ['generated/event-types.ts', "  'TypingStarted',", "  'TypingStarted',\n  'TypingStopped',"],
      [
        'generated/events.ts',
        'export interface TypingStartedEvent',
        "export interface TypingStoppedEvent extends EventEnvelope { readonly type: 'TypingStopped'; data: UnknownData }\nexport interface TypingStartedEvent",
      ],
      ['generated/events.ts', '  TypingStarted:', '  TypingStopped: TypingStoppedEvent;\n  TypingStarted:'],
      [
        'generated/operations.ts',
        '  listWebhookSubscriptions: {',
        "  ping: { method: 'GET', path: '/ping', data: 'array' },\n  listWebhookSubscriptions: {",
      ],
    ]);
    const now = '{"TypingStarted":1,"enum":["TypingStopped"],"operationId":"ping"}';
    const moved = namesThatMoved('{"TypingStarted":1}', now);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((finding) => !isRepeated(finding, [], moved))).toEqual(findings);
    const contract = [{ level: 'minor', where: '#/webhooks/TypingStopped', what: 'is new' }] as const;
    expect(findings.filter((finding) => !isRepeated(finding, contract, moved))).toEqual([]);
  });

  it('report a major change even if it mentions a new name of the contract', () => {
    const moved = namesThatMoved('{}', '{"properties":{"new":1},"enum":["other"]}');
    const contract = [{ level: 'minor', where: '#/properties/new', what: 'is new' }] as const;
    for (const [where, what] of [
      ['SignatureFailure', "may now be 'new'"],
      ['newest', "may now be 'other things'"],
    ] as const) {
      expect(isRepeated({ level: 'major', where, what }, contract, moved)).toBe(false);
    }
  });
});
