import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { compareContracts } from '../../../../scripts/breaking/contract.js';
import type { Contract, Schema } from '../../../../scripts/lib/contract.js';
import { type Json, own, segments } from '../../../../scripts/lib/json-pointer.js';
import { root } from '../../../../scripts/lib/package.js';

const timeout = 60_000;
const text = readFileSync(join(root, 'generated/openapi.json'), 'utf8');

async function levelsOf(
  change: (contract: Contract, schemas: Record<string, Schema & { required: string[] }>) => void,
) {
  const now = JSON.parse(text) as Contract;
  change(now, now.components.schemas as Record<string, Schema & { required: string[] }>);
  return (await compareContracts(text, JSON.stringify(now))).map(
    ({ level, where }) => `${level} ${where.split(' ')[0]}`,
  );
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

const withoutRule: readonly (readonly [level: string, edits: Edits])[] = [
  [
    'major',
    [
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
      ['#/security', [{ ApiToken: [], Other: [] }]],
      ['#/paths/~1webhooks/get/security', [{ Other: [] }]],
    ],
  ],
  [
    'minor',
    [
      ['#/servers/0/variables/apiVersion/enum', ['beta', 'v1', 'v2']],
      [`${schemas}/CreateWebhookSubscription/properties/name/default`, 'New'],
      [`${schemas}/CreateWebhookSubscription/properties/name/type`, ['string', 'null']],
      [`${schemas}/CreateWebhookSubscription/additionalProperties`, true],
      [`${schemas}/WebhookSubscription/properties/secretKey/deprecated`, true],
      [`${schemas}/Queue/required`, ['id']],
      ['#/paths/~1webhooks/get/deprecated', true],
      ['#/paths/~1webhooks/post/requestBody/required', false],
      ['#/webhooks/ConversationRated/post/parameters/2', { name: 'X-More', in: 'header', schema: { type: 'string' } }],
      ['#/security', [{ ApiToken: [] }, { Other: [] }]],
    ],
  ],
];

describe('two contracts', () => {
  it('that are the same differ in nothing', { timeout }, async () => {
    expect(await levelsOf(() => {})).toEqual([]);
  });

  it('tell of what is gone, and of what is asked for and was not', { timeout }, async () => {
    const levels = await levelsOf((contract, schemas) => {
      delete contract.paths['/webhooks/{webhookSubscriptionId}']?.delete;
      schemas.CreateWebhookSubscription?.required.push('enabled');
      delete schemas.DeliveryDetail?.properties?.success;
      delete contract.webhooks.TypingStarted;
    });
    expect(levels).toEqual([
      'major #/components/schemas/CreateWebhookSubscription/required',
      'major #/paths/~1webhooks~1{webhookSubscriptionId}/delete',
      'major #/components/schemas/DeliveryDetail/properties/success',
      'major #/webhooks/TypingStarted',
    ]);
  });

  it('tell of what came: it breaks nothing', { timeout }, async () => {
    const levels = await levelsOf((contract, { WebhookSubscription, WebhookEventType, FilterField, Queue }) => {
      contract.webhooks.TypingStopped = structuredClone(contract.webhooks.TypingStarted) as never;
      Object.assign(WebhookSubscription?.properties ?? {}, { more: { type: 'string' } });
      WebhookEventType?.enum?.push('TypingStopped');
      FilterField?.enum?.push('New');
      Object.assign(Queue ?? {}, { description: 'Another text.' });
    });
    expect(levels.filter((level) => level.startsWith('patch'))).toHaveLength(1);
    expect(levels.filter((level) => !level.startsWith('patch')).sort()).toEqual([
      'minor #/components/schemas/FilterField/enum',
      'minor #/components/schemas/WebhookEventType/enum',
      'minor #/components/schemas/WebhookSubscription/properties/more',
      'minor #/webhooks/TypingStopped',
    ]);
  });

  it('say that a value more is expected only where any string is', { timeout }, async () => {
    const closed = await levelsOf((_, { CombinedFilters }) =>
      CombinedFilters?.properties?.strategy?.enum?.push('None'),
    );
    expect(closed).toEqual(['major #/components/schemas/CombinedFilters/properties/strategy/enum']);
  });

  it.each(withoutRule)('tell of %s changes that redocly has no rule for', { timeout }, async (level, edits) => {
    const levels = await levelsOf((contract) => {
      for (const [pointer, value] of edits) put(contract, pointer, value);
    });
    expect(levels.sort()).toEqual(edits.map(([pointer]) => `${level} ${pointer}`).sort());
  });

  it('tell of another server and another way to show who calls', { timeout }, async () => {
    const levels = await levelsOf((contract) => {
      put(contract, '#/servers/0/url', 'https://example.com/{apiVersion}');
      put(contract, '#/components/securitySchemes/ApiToken/in', 'query');
    });
    expect(levels.sort()).toEqual(['major #/components/securitySchemes/ApiToken/in', 'major #/servers/0/url']);
  });

  it('leave no folder behind, whether they compare or not', { timeout }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    await compareContracts(text, text);
    await expect(compareContracts('{', text)).rejects.toThrow('redocly diff failed');
    await expect(compareContracts(text, text, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(readdirSync(folder)).toEqual([]);
  });
});
