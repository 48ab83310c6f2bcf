import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../scripts/drift/compare.js';
import { parseUpstream } from '../../../../scripts/drift/document.js';
import { loadUpstream } from '../../../../scripts/drift/load.js';
import { makeReport, readOurs } from '../../../../scripts/drift/report.js';
import { root } from '../../../../scripts/lib/package.js';

/** Dixa's own documents, which are not part of this project. */
const folder = process.env.DIXA_UPSTREAM_DIR ?? '';
const stored = ['dixa-api-v1.2025-03.json', 'dixa-api-beta.2026-06.yaml'] as const;

/** Skipped by name where documents are not at hand, under CI too: nobody can install them. */
function itWith(files: readonly string[], name: string, test: () => Promise<void>): void {
  const missing = folder === '' ? ['DIXA_UPSTREAM_DIR'] : files.filter((file) => !existsSync(join(folder, file)));
  const shown = missing.length > 0 ? `${name} (needs ${missing.join(', ')})` : name;
  if (missing.length > 0) console.warn(`Skipped: ${shown}`);
  it.skipIf(missing.length > 0)(shown, test);
}

async function documentOf(file: string) {
  const { text, source } = await loadUpstream(join(folder, file));
  return parseUpstream(text, source);
}

describe("Dixa's own documents", () => {
  itWith([], 'hold nothing, in the newest of them, that the ledger of the project does not explain', async () => {
    const { unexplained, stale } = makeReport(readOurs(root), await loadUpstream(folder));
    expect({ unexplained, stale }).toEqual({ unexplained: [], stale: [] });
  });

  itWith(stored, 'hold, in that of March 2025, what the contract had to add since', async () => {
    const report = makeReport(readOurs(root), await loadUpstream(join(folder, stored[0])));
    expect(report.unexplained.map(({ change, name }) => `${change} ${name}`)).toEqual(
      expect.arrayContaining(
        ['TypingStarted', 'SLAEvaluationVoided', 'OperationOrigin', 'customHeaders'].map((name) => `gone ${name}`),
      ),
    );
    expect(report.stale.map(({ entry }) => entry)).toContain('event-in-path-is-open');
  });

  // Both are history, so whatever the contract says by now, they differ in this.
  itWith(stored, 'differ in what Dixa added from March 2025 to June 2026, and in nothing else', async () => {
    const [older, newer] = await Promise.all(stored.map(documentOf));
    if (!older || !newer) return expect.fail('they are there');
    const { findings } = compare(newer, older);
    expect(new Set(findings.map(({ change, subject, name }) => `${change} ${subject} ${name}`))).toEqual(
      new Set([
        'gone enum value ConversationCustomAttributeUpdated',
        'gone enum value ConversationMessageDeliveryDelivered',
        'gone enum value ConversationMessageDeliveryFailed',
        'gone enum value ConversationMessageDeliveryInfo',
        'gone enum value ConversationMessageDeliverySeen',
        'gone enum value ConversationMessageDeliverySent',
        'gone enum value ConversationMessageDeliverySpamComplaint',
        'gone enum value SLAEvaluationAchieved',
        'gone enum value SLAEvaluationBreached',
        'gone enum value SLAEvaluationPending',
        'gone enum value SLAEvaluationVoided',
        'gone enum value TypingStarted',
        // A filter field.
        'gone enum value OperationOrigin',
        'gone property customHeaders',
        // The list of event types did not stand at the parameter yet.
        'gone enum GET /webhooks/{webhookSubscriptionId}/delivery-status/logs/{event} path event',
        // Each is the document of one version.
        'new server https://dev.dixa.io/v1',
      ]),
    );
  });
});
