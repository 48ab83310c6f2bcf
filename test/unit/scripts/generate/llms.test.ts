import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webhookEventTypes } from '../../../../generated/event-types.js';
import { readSources } from '../../../../scripts/generate/api/render-api.js';
import { renderLlms } from '../../../../scripts/generate/render-llms.js';
import type { Contract } from '../../../../scripts/lib/contract.js';
import { root } from '../../../../scripts/lib/package.js';
import * as client from '../../../../src/index.js';
import * as receiver from '../../../../src/receiver/index.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const [readme, packageJson] = [read('README.md'), read('package.json')];
const contract = JSON.parse(read('generated/openapi.json')) as Contract;
const sources = readSources(root, packageJson, {});
const llms = renderLlms(readme, contract, sources);

/** The part of an entry point. */
const partOf = (entry: string) => llms.split(/^(?=### )/m).find((part) => part.startsWith(`### ${entry}\n`)) ?? '';

describe('llms.txt', () => {
  test.each([
    ['dixa-webhooks', client],
    ['dixa-webhooks/receiver', receiver],
  ])('has a line for each export of %s', (entry, exports) => {
    for (const name of Object.keys(exports)) {
      expect(partOf(entry)).toMatch(new RegExp(`^- \`(?:const |class )?${name}\\b.*\` - .+\\.$`, 'm'));
    }
  });

  test('tells what a function takes and gives, and calls types by their kind', () => {
    expect(llms).toContain('- `createDixaWebhooks(options?: DixaWebhooksOptions): DixaWebhooks` - Makes a client.\n');
    expect(llms).toContain('- `interface CallOptions` - Options of one call.\n');
    expect(llms).toContain('- `redisDedupe(client: RedisClient, prefix?: string): DedupeStore` - ');
  });

  test('has the tables of behaviour: options, retries, answers, events', () => {
    expect(llms).toContain('| `totalTimeoutMs` | none |');
    expect(llms).toContain('**never for POST**');
    expect(llms).toContain('| 413 | the body is larger');
    for (const name of webhookEventTypes) expect(llms).toContain(`| \`${name}\` | `);
  });

  test('tells the fields of objects, and which may be absent', () => {
    expect(llms).toMatch(/^- `CreateWebhookSubscription` - .+ `name`: string, `events\?`: WebhookEventType\[\], /m);
    expect(llms).toContain('`conditions`: (IsOneOf | IsNotOneOf)[]');
    expect(llms).toContain('`subscribedEvents?`: (WebhookEventType | string)[]');
    expect(llms).toContain('`email?`: string | null');
  });

  test('leads to no file of the repository, and holds nothing of its upkeep', () => {
    expect(llms.match(/\]\((?!https?:)[^)]*\)/g)).toBeNull();
    expect(llms).not.toContain('<!--');
    expect(llms).not.toContain('npm run');
  });

  test('names no file as if it were in the package that is not', () => {
    const files = /(?<![\w/.-])(?:(?:docs|examples|openapi|scripts|src|test)\/[\w./-]*|[\w-]+\.md)/g;
    const named = [...llms.matchAll(files)].map(
      ({ 0: file, index }) => [file, llms.slice(index + file.length)] as const,
    );
    expect(named.map(([file]) => file)).toEqual(expect.arrayContaining(['api.md', 'examples/', 'examples/queue.ts']));
    for (const [, after] of named) expect(after).toMatch(/^ \(in the repository\)/);
  });

  test('says which section the README no longer has', () => {
    expect(() => renderLlms(readme.replace('## Retries\n', '## Again\n'), contract, sources)).toThrow(
      'README.md has no section "Retries"',
    );
  });
});
