import type { AnyEventType, WebhookSubscription } from 'dixa-webhooks';
import type { FailedDeliveries, LoggedDelivery } from 'dixa-webhooks/manage';
import { secretsOf } from './secrets.js';
import { receiverUrl } from './send.js';
import { checkEvent } from './subscriptions.js';
import type { Terminal } from './terminal.js';
import { count, plain, table } from './text.js';

interface ReplayOptions {
  readonly to?: string;
  readonly event?: readonly string[];
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

export async function replay(terminal: Terminal, options: ReplayOptions, id: string): Promise<number> {
  const { event: events, all = false, dryRun } = options;
  for (const event of events ?? []) checkEvent(terminal, event);
  const to = dryRun ? '' : receiverUrl(options.to, '--to');
  const dixa = await terminal.dixa();
  const subscription = await dixa.get(id);
  terminal.hide(...secretsOf(subscription));
  const { failedDeliveries } = await import('dixa-webhooks/manage');
  terminal.progress('Reading the delivery logs …');
  const found = await failedDeliveries(dixa, id, { events: events as AnyEventType[] | undefined, all });
  noteReach(terminal, found);
  return dryRun ? show(terminal, found) : sendAll(terminal, found, subscription, to);
}

/** Notes the limits of the logs. */
function noteReach(terminal: Terminal, { logs, unreadable }: FailedDeliveries): void {
  const oldest = logs.flatMap((log) => log.oldest ?? []).sort()[0];
  const reach = oldest ? `go back to ${plain(oldest)} at most` : 'are empty';
  terminal.note(
    `The logs of ${count(logs.length, 'event type')} ${reach}. Deliveries that Dixa no longer keeps cannot be replayed.`,
  );
  if (unreadable.length > 0) {
    terminal.note(`${count(unreadable.length, 'delivery')} cannot be replayed: the payload in the log is not JSON.`);
  }
}

function show(terminal: Terminal, found: FailedDeliveries): number {
  const { deliveries } = found;
  const text = deliveries.length > 0 ? `${table(deliveries.map(describe))}\n` : '';
  terminal.print(`${text}${count(deliveries.length, 'delivery')} would be sent.`, report(found, deliveries.map(brief)));
  return 0;
}

/** The result for programs. It includes what the notes tell people. */
function report({ unreadable, logs }: FailedDeliveries, deliveries: readonly object[]) {
  return { deliveries, unreadable: unreadable.map(brief), logs };
}

/** A delivery without its payload, which is personal data. */
function brief({ type: event, eventId, deliveryDetail }: LoggedDelivery) {
  const { deliveryTimestamp: deliveredAt, responseCode } = deliveryDetail;
  return { event, eventId, deliveredAt, responseCode };
}

function describe({ deliveryDetail, type, eventId = 'no event_id' }: LoggedDelivery): string[] {
  const { deliveryTimestamp, responseCode } = deliveryDetail;
  return [plain(deliveryTimestamp), plain(type), plain(eventId), `was ${responseCode}`];
}

async function sendAll(
  terminal: Terminal,
  found: FailedDeliveries,
  { secretKey: secret, headers }: WebhookSubscription,
  to: string,
): Promise<number> {
  const { replayDelivery } = await import('dixa-webhooks/manage');
  const { deliveries } = found;
  terminal.signal.addEventListener('abort', () =>
    terminal.note('Interrupted. The next delivery may or may not have been sent; later ones were not.'),
  );
  const lines = table(deliveries.map(describe)).split('\n');
  const results: { event: string; eventId: string | undefined; success: boolean; status: number }[] = [];
  for (const [index, delivery] of deliveries.entries()) {
    const { type: event, eventId } = delivery;
    const result = await replayDelivery(delivery, { to, secret, headers });
    const { success, status, reason = '' } = result;
    results.push({ event, eventId, ...result });
    // Printed one by one, so that the progress is visible after Ctrl-C.
    const state = success ? terminal.paint('green', 'ok    ') : terminal.paint('red', 'failed');
    const line = `${state}  ${String(status).padEnd(3)}  ${lines[index]}  ${terminal.plain(reason, 200)}`.trimEnd();
    if (!terminal.json) terminal.print(line, undefined);
  }
  const failed = results.filter(({ success }) => !success).length;
  terminal.print(`${count(results.length, 'delivery')} sent, ${failed} failed.`, report(found, results));
  return failed > 0 ? 2 : 0;
}
