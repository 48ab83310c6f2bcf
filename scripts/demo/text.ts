import type { EventDeliveryStatus, WebhookSubscription } from '../../src/client/index.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Text from outside, in one line of at most `longest` characters and without what a terminal would obey. */
export function plain(text: string, longest = 60): string {
  const line = text.replace(controls, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `1 subscription`, `2 subscriptions`. */
export function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? '' : 's'}`;
}

/** A subscription in a line, without what it holds in secret. */
export function describeSubscription({ name, enabled, subscribedEvents, url }: WebhookSubscription): string {
  const events = subscribedEvents ? count(subscribedEvents.length, 'event') : 'events not shown';
  return `"${plain(name)}" is ${enabled ? 'on' : 'off'}, ${events} to ${hostOf(url)}`;
}

/** The path and the query of a receiver's address may be what keeps strangers out, so they are left out. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
}

/** How the latest delivery of an event went: its state, and the code and the time of the receiver's answer. */
export function describeDelivery({ deliveryStatus }: EventDeliveryStatus): [state: string, answer: string] {
  if (deliveryStatus._type === 'NoRecentDelivery') return ['no recent delivery', ''];
  if (deliveryStatus._type !== 'DeliveryDetail') return ['a state that this version does not know', ''];
  const { success, responseCode, deliveryTimestamp } = deliveryStatus;
  return [success ? 'ok' : 'failing', `${responseCode} at ${plain(deliveryTimestamp)}`];
}
