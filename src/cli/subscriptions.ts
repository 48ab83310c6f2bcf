import type { DeliveryLogDetail, EventDeliveryStatus, WebhookFilters } from 'dixa-webhooks';
import { webhookEventTypes } from '../../generated/event-types.js';
import { nearest } from '../shared/nearest.js';
import { usageError } from './errors.js';
import type { Terminal } from './terminal.js';
import { plain } from './text.js';

export function stateOf(enabled: boolean): string {
  return enabled ? 'on' : 'off';
}

/** The first event type, and how many more there are. */
export function listEvents(events: readonly string[] | undefined): string {
  if (!events) return 'not shown';
  const [first, ...others] = events.map((event) => plain(event));
  return first ? `${first}${others.length > 0 ? ` +${others.length}` : ''}` : 'none';
}

/**
 * Throws if this cannot be an event type. Prints a note if this version does not know it, because Dixa may have newer
 * types.
 */
export function checkEvent(terminal: Terminal, event: string): void {
  if (!/^[A-Za-z\d]+$/.test(event))
    throw usageError(`${plain(event)} is not an event type: names contain only letters and digits.`);
  if ((webhookEventTypes as readonly string[]).includes(event)) return;
  const near = nearest(event, webhookEventTypes);
  terminal.note(`This version does not know the event type ${event}${near ? `: did you mean ${near}?` : '.'}`);
}

/** Says where the secret of a new subscription is. */
export function noteSecret(terminal: Terminal, id = ''): void {
  terminal.note(`Created. Its receiver needs the secret: dixa-webhooks get ${plain(id)} --print-secret`);
}

/** A line for each condition: `Conversation: all of InitialChannel is one of email, pstn_phone`. */
export function describeFilters(filters: WebhookFilters | null | undefined): string[] {
  return Object.entries(filters ?? {}).flatMap(([entity, combined]) =>
    (combined?.conditions ?? []).map((condition) => {
      const { _type, field, values } = condition;
      const relation = _type === 'IsOneOf' ? 'is one of' : 'is none of';
      const strategy = combined?.strategy === 'Any' ? 'any of' : 'all of';
      return `${plain(entity)}, ${strategy}: ${plain(field)} ${relation} ${plain(values.join(', '), 200)}`;
    }),
  );
}

/** The state of the latest delivery, its code and its time. */
export function describeStatus(terminal: Terminal, { deliveryStatus }: EventDeliveryStatus): string[] {
  return deliveryStatus._type === 'DeliveryDetail' ? describeDetail(terminal, deliveryStatus) : ['unknown'];
}

export function describeDetail(
  terminal: Terminal,
  { success, responseCode, responseText, deliveryTimestamp }: DeliveryLogDetail,
): string[] {
  return [success ? 'ok' : 'failed', String(responseCode), plain(deliveryTimestamp), terminal.plain(responseText, 50)];
}

/** Colours the states in one column of a table. */
export function stateColours({ paint }: Pick<Terminal, 'paint'>, stateColumn: number) {
  const colours: Readonly<Record<string, 'green' | 'red'>> = { ok: 'green', failed: 'red' };
  return (cell: string, column: number) => {
    const colour = column === stateColumn ? colours[cell] : undefined;
    return colour ? paint(colour, cell) : cell;
  };
}
