import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadUpstream } from '../../../scripts/lib/drift/load.js';
import { makeReport } from '../../../scripts/lib/drift/report.js';
import { ours } from './upstream.js';

/** Dixa's own documents, which are not part of this project. */
const folder = process.env.DIXA_UPSTREAM_DIR;

/** Skipped by name where a document is not at hand, under CI too: nobody can install it. */
function itWith(file: string, name: string, check: (report: ReturnType<typeof makeReport>) => void): void {
  const path = folder && join(folder, file);
  const isThere = path !== undefined && existsSync(path);
  const fullName = isThere ? name : `${name} (needs: ${file} in DIXA_UPSTREAM_DIR)`;
  it.skipIf(!isThere)(fullName, async () => check(makeReport(ours, await loadUpstream(path as string, 60_000))));
}

describe("Dixa's own documents", () => {
  itWith('dixa-api-beta.2026-06.yaml', 'hold nothing in June 2026 that the ledger does not explain', (report) => {
    expect(report.upstream).toMatchObject({ title: 'Dixa API', version: 'beta' });
    expect(report.unexplained).toEqual([]);
    expect(report.stale).toEqual([]);
    expect(new Set(report.explained.map(({ entry }) => entry))).toEqual(
      new Set(ours.ledger.entries.map(({ id }) => id)),
    );
  });

  itWith('dixa-api-v1.2025-03.json', 'lacked in March 2025 what was added since, and nothing else', (report) => {
    const lacks = (subject: string) =>
      report.unexplained
        .filter((finding) => finding.subject === subject && finding.change === 'gone')
        .map(({ contract }) => [contract.pointer, contract.says])
        .sort();
    const eventTypes = '#/components/schemas/WebhookEventType/enum';
    expect(lacks('event type')).toEqual(
      [
        'ConversationCustomAttributeUpdated',
        'ConversationMessageDeliveryDelivered',
        'ConversationMessageDeliveryFailed',
        'ConversationMessageDeliveryInfo',
        'ConversationMessageDeliverySeen',
        'ConversationMessageDeliverySent',
        'ConversationMessageDeliverySpamComplaint',
        'SLAEvaluationAchieved',
        'SLAEvaluationBreached',
        'SLAEvaluationPending',
        'SLAEvaluationVoided',
        'TypingStarted',
      ].map((name) => [eventTypes, name]),
    );
    expect(lacks('filter field')).toEqual([['#/components/schemas/FilterField/enum', 'OperationOrigin']]);
    expect(lacks('property')).toEqual([
      ['#/components/schemas/CreateWebhookSubscription/properties/customHeaders', 'required { [key]: string }'],
      ['#/components/schemas/UpdateWebhookSubscription/properties/customHeaders', 'optional { [key]: string }'],
    ]);
    expect(report.unexplained).toHaveLength(12 + 1 + 2);
    // The list of event types did not stand at the parameter yet.
    expect(report.stale.map(({ entry, pointer }) => [entry, pointer])).toEqual([
      ['event-in-path-is-open', '#/components/parameters/Event/schema/enum'],
    ]);
  });
});
