import type { DeliveryLogDetail, EventDeliveryStatus, WebhookFilters, WebhookSubscription } from 'dixa-webhooks';
import { HIDDEN, type Terminal } from './terminal.js';
import { plain } from './text.js';

/** A subscription as it may be printed: `secretKey`, the values of headers and what is secret in the URL are replaced. */
export function withoutSecrets(subscription: WebhookSubscription): WebhookSubscription {
  const headers = Object.fromEntries(Object.keys(subscription.headers ?? {}).map((name) => [name, HIDDEN]));
  return { ...subscription, url: shownUrl(subscription.url, 2000), headers, secretKey: HIDDEN };
}

/** A URL without its password and the values of its query, which may be tokens. */
export function shownUrl(url: string, longest = 80): string {
  if (!URL.canParse(url)) return plain(url, longest);
  const shown = new URL(url);
  if (shown.password) shown.password = 'redacted';
  for (const name of [...shown.searchParams.keys()]) shown.searchParams.set(name, 'redacted');
  return plain(shown.password || shown.search ? shown.href : url, longest);
}

export function stateOf(enabled: boolean): string {
  return enabled ? 'on' : 'off';
}

/** The first event types, and how many more there are. */
export function listEvents(events: readonly string[] | undefined): string {
  if (!events) return 'not shown';
  const [first, ...others] = events.map((event) => plain(event));
  return first ? `${first}${others.length > 0 ? ` +${others.length}` : ''}` : 'none';
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
  return [
    success ? 'ok' : 'failed',
    String(responseCode),
    plain(deliveryTimestamp),
    terminal.plain(responseText ?? '', 50),
  ];
}

/** Colours what went well and what did not, in one column of a table. */
export function stateColours({ paint }: Pick<Terminal, 'paint'>, stateColumn: number) {
  const colours: Readonly<Record<string, 'green' | 'red'>> = { ok: 'green', failed: 'red' };
  return (cell: string, column: number) => {
    const colour = column === stateColumn ? colours[cell] : undefined;
    return colour ? paint(colour, cell) : cell;
  };
}
