import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webhookEventTypes } from '../../../../generated/event-types.js';
import { readSources } from '../../../../scripts/generate/api/sources.js';
import { renderLlms } from '../../../../scripts/generate/render-llms.js';
import type { Contract } from '../../../../scripts/lib/contract.js';
import { root } from '../../../../scripts/lib/package.js';
import * as client from '../../../../src/client/index.js';
import * as receiver from '../../../../src/receiver/index.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const [readme, packageJson] = [read('README.md'), read('package.json')];
const contract = JSON.parse(read('generated/openapi.json')) as Contract;
const sources = readSources(root, packageJson, {});
const llms = renderLlms(readme, contract, sources);

/** The part of an entry point. */
const partOf = (entry: string) => llms.split(/^(?=### )/m).find((part) => part.startsWith(`### ${entry}\n`)) ?? '';

/** What a declaration has between its braces. */
const bodyOf = (declaration: string) => llms.split(`\n${declaration} {\n`)[1]?.split('\n}')[0] ?? '';

describe('llms.txt', () => {
  test.each([
    ['dixa-webhooks', client],
    ['dixa-webhooks/receiver', receiver],
  ])('declares each export of %s, with its comment', (entry, exports) => {
    for (const name of Object.keys(exports)) {
      const declared = new RegExp(`^/\\*\\* .+ \\*/\\n(?:function|const|class) ${name}\\b`, 'm');
      const repeated = new RegExp(`^// As above: .*\\b${name}\\b`, 'm');
      expect(declared.test(partOf(entry)) || repeated.test(partOf(entry)), name).toBe(true);
    }
  });

  test('declares functions without their bodies, and each type once', () => {
    expect(llms).toContain('function createDixaWebhooks(options: DixaWebhooksOptions = {}): DixaWebhooks;\n');
    expect(llms).toContain(
      'function redisDedupe(client: RedisClient, options: RedisDedupeOptions = {}): DedupeStore;\n',
    );
    expect(llms.match(/^type WebhookEventType /gm)).toHaveLength(1);
    expect(partOf('dixa-webhooks/receiver')).toMatch(/^\/\/ As above: .*WebhookEventType/m);
  });

  test('lists every member of a type with its comment, whatever the kind of type', () => {
    expect(bodyOf('interface CreateWebhookSubscription extends ReadOnlyProperties')).toContain(
      '  /** A name that helps people recognise the subscription. */\n  name: string;\n',
    );
    expect(bodyOf('interface CreateWebhookSubscription extends ReadOnlyProperties')).toContain(
      '  events: readonly AnyEventType[];\n',
    );
    expect(bodyOf('interface ErrorContext')).toContain('  /** When it was signed. */\n  readonly timestamp?: Date;\n');
    expect(bodyOf('interface WebhookFilters')).toContain('  [entity: string]: CombinedFilters | undefined;');
    expect(bodyOf('type Queue =')).toContain('  id?: string;\n');
    expect(bodyOf('interface Delivery<Env = unknown> extends PlatformContext<Env>')).not.toContain('waitUntil');
    expect(bodyOf('class DixaError extends Error')).toContain('  static is<E extends DixaError>(');
    expect(llms).toContain("type FilterField = 'InitialChannel' | ");
  });

  test('leaves out private members, and includes all types that declarations use', () => {
    expect(llms).not.toMatch(/^ {2}(?:private|#)/m);
    const others = llms.split('### Types used above that are not exported')[1] ?? '';
    expect(others).toContain("type ReadOnlyName = 'id' | 'subscribedEvents' | ");
    expect(others).toContain('interface IoRedis {');
  });

  test('describes the data of events once, by the names that editors show', () => {
    expect(llms).toContain(
      "interface ConversationRatedEvent extends EventEnvelope { readonly type: 'ConversationRated'; data: ConversationRatedData; }\n",
    );
    expect(llms).toContain(
      '/** The rating and its conversation. Any field may be missing. Observed, not documented. */',
    );
    expect(bodyOf('type ConversationRatedData =')).toContain(
      '  /** The score. The scale is not documented by Dixa. */\n  score?: number;\n',
    );
    expect(bodyOf('type PresumedConversationData =')).toContain('  [key: string]: unknown;');
    expect(llms).not.toMatch(/^- `\w+(?:Payload|TagData)` /m);
    expect(llms).not.toMatch(/^- `WebhookSubscription` /m);
  });

  test('has the tables of behaviour: options, retries, answers, events', () => {
    expect(llms).toContain('| `totalTimeoutMs` | none |');
    expect(llms).toContain('**never**: it could create a second subscription');
    expect(llms).toContain('| 413 | the body is larger');
    for (const name of webhookEventTypes) expect(llms).toContain(`| \`${name}\` | `);
  });

  test('lists the fields of schemas, and which are optional', () => {
    expect(llms).toMatch(/^- `DeliverySuccess` - .+ boolean\.$/m);
    expect(llms).toContain(
      '- `EventDeliveryLogListResponse` - A response with a list of deliveries. `data?`: EventDeliveryLog[].',
    );
  });

  test('has no links to files of the repository, and nothing for maintainers', () => {
    expect(llms.match(/\]\((?!https?:)[^)]*\)/g)).toBeNull();
    expect(llms).not.toContain('<!--');
    expect(llms).not.toContain('npm run');
  });

  test('does not refer to files that are not in the package', () => {
    const files = /(?<![\w/.-])(?:(?:docs|examples|openapi|scripts|src|test)\/[\w./-]*|[\w-]+\.md)/g;
    const named = [...llms.matchAll(files)].map(
      ({ 0: file, index }) => [file, llms.slice(index + file.length)] as const,
    );
    expect(named.map(([file]) => file)).toEqual(expect.arrayContaining(['examples/', 'examples/queue.ts']));
    for (const [, after] of named) expect(after).toMatch(/^ \(in the repository\)/);
  });

  test('says which section the README no longer has', () => {
    expect(() => renderLlms(readme.replace('## Retries\n', '## Again\n'), contract, sources)).toThrow(
      'README.md has no section "Retries"',
    );
  });
});
