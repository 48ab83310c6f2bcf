import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { compareContracts } from '../../scripts/lib/breaking/contract.js';
import type { Contract, Schema } from '../../scripts/lib/contract.js';
import { root } from '../../scripts/lib/package.js';

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
