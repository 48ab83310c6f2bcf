import type { EventDeliveryLog, EventDeliveryStatus, WebhookSubscription } from 'dixa-webhooks';
import { secretsOf } from './secrets.js';
import { checkEvent, describeDetail, describeStatus, stateColours, stateOf } from './subscriptions.js';
import type { Terminal } from './terminal.js';
import { count, plain, table } from './text.js';

export async function status(terminal: Terminal, _options: object, id?: string): Promise<number> {
  const dixa = await terminal.dixa();
  const subscriptions = id === undefined ? await dixa.list() : [await dixa.get(id)];
  const all = await Promise.all(
    subscriptions.map(async (subscription) => ({
      subscription,
      statuses: await dixa.deliveryStatuses(subscription.id),
    })),
  );
  terminal.hide(...subscriptions.flatMap(secretsOf));
  const failed = all.flatMap(({ statuses }) => statuses).filter(hasFailed).length;
  const text = all.map(
    ({ subscription, statuses }) => `${heading(terminal, subscription)}\n${rowsOf(terminal, statuses)}\n`,
  );
  const value = all.map(({ subscription: { id, name, enabled }, statuses }) => ({ id, name, enabled, statuses }));
  const sum = `${count(subscriptions.length, 'subscription')}, ${count(failed, 'event type')} failing.`;
  terminal.print([...text, sum].join('\n'), value);
  return failed > 0 ? 2 : 0;
}

function hasFailed({ deliveryStatus }: EventDeliveryStatus): boolean {
  return deliveryStatus._type === 'DeliveryDetail' && !deliveryStatus.success;
}

function heading({ paint }: Terminal, { name, id, enabled }: WebhookSubscription): string {
  return `${paint('bold', plain(name))}  ${plain(id)}  ${stateOf(enabled)}`;
}

function rowsOf(terminal: Terminal, statuses: readonly EventDeliveryStatus[]): string {
  const delivered = statuses.filter(({ deliveryStatus }) => deliveryStatus._type !== 'NoRecentDelivery');
  const rows = delivered.map((status) => [`  ${plain(status.event)}`, ...describeStatus(terminal, status)]);
  const silent = statuses.length - delivered.length;
  const rest = silent > 0 ? [`  ${count(silent, 'event type')} without a recent delivery`] : [];
  return [...(rows.length > 0 ? [table(rows, stateColours(terminal, 1))] : []), ...rest].join('\n');
}

export async function logs(
  terminal: Terminal,
  { failed }: { readonly failed?: boolean },
  id: string,
  event: string,
): Promise<number> {
  checkEvent(terminal, event);
  const dixa = await terminal.dixa();
  terminal.hide(...secretsOf(await dixa.get(id)));
  const all = await dixa.deliveryLogs(id, event as EventDeliveryStatus['event']);
  const shown = failed ? all.filter(({ deliveryDetail }) => !deliveryDetail.success) : all;
  const rows = shown.map((log) => [...describeDetail(terminal, log.deliveryDetail), eventIdOf(log)]);
  if (shown.length === 0) terminal.note(`The log has no ${failed ? 'failed ' : ''}deliveries of ${plain(event)}.`);
  const text = table([['STATE', 'CODE', 'TIME', 'RESPONSE', 'EVENT ID'], ...rows], stateColours(terminal, 0));
  terminal.print(rows.length > 0 ? text : '', shown);
  return 0;
}

function eventIdOf({ payload }: EventDeliveryLog): string {
  // Only the id is shown: the rest of the payload is personal data.
  return plain(/"event_id"\s*:\s*"([^"]*)"/.exec(payload)?.[1] ?? 'not found');
}
