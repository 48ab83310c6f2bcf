import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { compareContracts } from '../../../../scripts/breaking/contract.js';
import type { Contract } from '../../../../scripts/lib/contract.js';
import { type Json, own, segments, valueAt } from '../../../../scripts/lib/json-pointer.js';
import { root } from '../../../../scripts/lib/package.js';

const timeout = 60_000;
const text = readFileSync(join(root, 'generated/openapi.json'), 'utf8');

async function levelsOf(edits: Edits): Promise<string[]> {
  const now = JSON.parse(text) as Contract;
  for (const [pointer, value] of edits) put(now, pointer, value);
  return (await compareContracts(text, JSON.stringify(now))).map(({ level, where }) => `${level} ${where}`).sort();
}

type Edits = readonly (readonly [pointer: string, value: unknown])[];

/** Puts a value into a contract; undefined takes away what is there. */
function put(contract: Contract, pointer: string, value: unknown): void {
  const [key = '', ...path] = segments(pointer).reverse();
  const holder = path.reverse().reduce(own, contract as unknown) as Json;
  if (value === undefined) delete holder[key];
  else holder[key] = value;
}

const schemas = '#/components/schemas';
const contract = JSON.parse(text) as Contract;

/** What is there with something added. */
const withMore = (pointer: string, ...more: readonly unknown[]): Edits[number] => [
  pointer,
  [...(valueAt(contract, pointer) as unknown[]), ...more],
];

const breaking: Edits = [
  // What redocly has rules for.
  ['#/paths/~1webhooks~1{webhookSubscriptionId}/delete', undefined],
  withMore(`${schemas}/CreateWebhookSubscription/required`, 'enabled'),
  [`${schemas}/DeliveryDetail/properties/success`, undefined],
  ['#/webhooks/ConversationPending', undefined],
  withMore(`${schemas}/CombinedFilters/properties/strategy/enum`, 'None'),
  ['#/servers/0/url', 'https://example.com/{apiVersion}'],
  ['#/components/securitySchemes/ApiToken/in', 'query'],
  // What it has none for.
  ['#/servers/0/variables/apiVersion/enum', ['v1']],
  ['#/servers/0/variables/apiVersion/default', 'v1'],
  [`${schemas}/CreateWebhookSubscription/properties/enabled/default`, false],
  [`${schemas}/WebhookSubscription/additionalProperties`, false],
  [`${schemas}/WebhookSubscription/properties/name/writeOnly`, true],
  [`${schemas}/WebhookAuthorization/discriminator/propertyName`, 'kind'],
  ['#/components/parameters/Signature/required', false],
  ['#/webhooks/ConversationOpen/post/requestBody/required', false],
  ['#/webhooks/ConversationRated/post/parameters/1', undefined],
  ['#/webhooks/ConversationClosed/post/x-event-fqn', undefined],
  ['#/webhooks/TypingStarted/post/x-event-fqn', 'STARTED_TYPING'],
  ['#/security/0/Other', []],
  ['#/paths/~1webhooks/get/security', [{ Other: [] }]],
];

const header = { name: 'X-More', in: 'header', schema: { type: 'string' } };
const harmless: Edits = [
  // What redocly has rules for.
  ['#/webhooks/TypingStopped', valueAt(contract, '#/webhooks/TypingStarted')],
  [`${schemas}/WebhookSubscription/properties/more`, { type: 'string' }],
  withMore(`${schemas}/WebhookEventType/enum`, 'TypingStopped'),
  withMore(`${schemas}/FilterField/enum`, 'New'),
  // What it has none for.
  ['#/servers/0/variables/apiVersion/enum', ['beta', 'v1', 'v2']],
  [`${schemas}/CreateWebhookSubscription/properties/name/default`, 'New'],
  [`${schemas}/CreateWebhookSubscription/properties/name/type`, ['string', 'null']],
  [`${schemas}/CreateWebhookSubscription/additionalProperties`, true],
  [`${schemas}/WebhookSubscription/properties/secretKey/deprecated`, true],
  [`${schemas}/Queue/required`, ['id']],
  ['#/paths/~1webhooks/get/deprecated', true],
  ['#/paths/~1webhooks/post/requestBody/required', false],
  ['#/webhooks/ConversationRated/post/parameters/2', header],
];

describe('two contracts', () => {
  it('that are equal have no differences', async () => {
    expect(await compareContracts(text, text)).toEqual([]);
  });

  it.each([
    ['major', breaking],
    ['minor', harmless],
  ] as const)('tell of each %s change', { timeout }, async (level, edits) => {
    expect(await levelsOf(edits)).toEqual(edits.map(([pointer]) => `${level} ${pointer}`).sort());
  });

  it('call another text a patch', { timeout }, async () => {
    expect(await levelsOf([[`${schemas}/Queue/description`, 'Another text.']])).toEqual([
      `patch ${schemas}/Queue/description`,
    ]);
  });

  it('leave no temporary folder behind, even if the comparison fails', { timeout }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(compareContracts('{', text)).rejects.toThrow('redocly diff failed');
    expect(readdirSync(folder)).toEqual([]);
  });
});
