import { setTimeout } from 'node:timers/promises';
import type { WebhookEventType } from 'dixa-webhooks';
import type { SignedDelivery, Spoiling } from 'dixa-webhooks/testing';
import { webhookEventDetails } from '../../generated/event-details.js';
import { CommandError, usageError } from './errors.js';
import { readJson, wholeNumber } from './input.js';
import { isSandbox, triggerSandbox } from './sandbox.js';
import { HIDDEN, secretsOf, shownUrl } from './secrets.js';
import { noteHint, receiverUrl, send } from './send.js';
import type { Terminal } from './terminal.js';
import { plain, table } from './text.js';

interface TriggerOptions {
  readonly to?: string;
  readonly set?: readonly string[];
  readonly file?: string;
  /** `true` means every spoiling. */
  readonly bad?: string | true;
  readonly copies?: string;
  readonly delay?: string;
  readonly print?: boolean;
  readonly subscription?: string;
}

/** The deliveries to send, each with its spoiling, or `good` if it has none. */
type Deliveries = readonly (readonly [how: string, delivery: SignedDelivery])[];

export async function trigger(terminal: Terminal, options: TriggerOptions, name?: string): Promise<number> {
  if (name === undefined && !options.file) return listEvents(terminal);
  const delayMs = wholeNumber(options.delay, '--delay', 0, 600_000) ?? 0;
  const copies = wholeNumber(options.copies, '--copies', 1, 100) ?? 1;
  const event = await eventToSend(terminal, options, name);
  const isPlain = name && !options.to && !options.print && !options.bad && !options.subscription;
  if (isPlain && isSandbox(terminal))
    return triggerSandbox(terminal, { type: name, overrides: event, copies, delayMs });
  if (isPlain)
    throw usageError('Pass --to <url>, the URL of the receiver. Without it, DIXA_BASE_URL must be a sandbox.');
  const url = options.print ? (options.to ?? '') : receiverUrl(options.to, '--to');
  const { secret, subscriptionId, headers } = await signer(terminal, options.subscription);
  const { signedDelivery, spoilings } = await import('dixa-webhooks/testing');
  const bad = options.bad === true ? spoilings : options.bad ? [options.bad as Spoiling] : [];
  const deliveries = await Promise.all(
    [undefined, ...bad].map(async (spoil) => {
      const delivery = await signedDelivery(event, { secret, subscriptionId, headers, spoil });
      return [spoil ?? 'good', delivery] as const;
    }),
  );
  if (options.print) return printDeliveries(terminal, url, deliveries, Object.keys(headers ?? {}));
  await setTimeout(delayMs, undefined, { signal: terminal.signal });
  return sendAll(terminal, url, deliveries, copies);
}

function listEvents(terminal: Terminal): number {
  const events = Object.entries(webhookEventDetails).map(([event, { summary }]) => ({ event, meaning: summary }));
  terminal.print(table(events.map(({ event, meaning }) => [event, meaning])), events);
  return 0;
}

async function eventToSend(terminal: Terminal, options: TriggerOptions, name: string | undefined): Promise<object> {
  if (name !== undefined && options.file) throw usageError('Pass an event type or --file, not both.');
  const event = options.file
    ? await readJson(terminal, options.file, 'an event')
    : (await import('dixa-webhooks/testing')).sampleEvent(name as WebhookEventType);
  if (!(event instanceof Object) || Array.isArray(event)) throw usageError('The event must be a JSON object.');
  for (const change of options.set ?? []) setField(terminal, event, change);
  return event;
}

/**
 * Sets one field, such as `data.score=1`. A value that is not JSON is a string, which saves a second layer of quotes in
 * shells.
 */
function setField(terminal: Terminal, event: object, change: string): void {
  const [, path = '', text = ''] = /^([^=]+)=(.*)$/s.exec(change) ?? [];
  if (!path) throw usageError('--set must be path=json, such as data.score=1.');
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let parent = event as Record<string, unknown>;
  for (const key of keys) {
    const next = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (!(next instanceof Object)) throw usageError(`--set ${plain(path)}: the event has no object ${plain(key)}.`);
    parent = next as Record<string, unknown>;
  }
  if (!Object.hasOwn(parent, last)) {
    const isInData = Object.hasOwn(Object((event as { data?: unknown }).data), path);
    const hint = isInData ? `: did you mean data.${path}?` : '.';
    terminal.note(`--set ${plain(path)} adds a field that the event did not have${hint}`);
  }
  try {
    parent[last] = JSON.parse(text);
  } catch {
    parent[last] = text;
  }
}

async function signer(terminal: Terminal, id: string | undefined) {
  const secret = terminal.env.DIXA_WEBHOOK_SECRET;
  if (id !== undefined) {
    const subscription = await (await terminal.dixa()).get(id);
    terminal.hide(...secretsOf(subscription));
    return { secret: subscription.secretKey, subscriptionId: id, headers: subscription.headers };
  }
  if (secret) return { secret };
  throw usageError('DIXA_WEBHOOK_SECRET is not set: export the secret of the receiver, or pass --subscription <id>.');
}

/** Prints the deliveries, with the headers in `secretNames` redacted. */
function printDeliveries(
  terminal: Terminal,
  url: string,
  deliveries: Deliveries,
  secretNames: readonly string[],
): number {
  const isSecret = (name: string) => secretNames.some((secret) => secret.toLowerCase() === name);
  const shown = deliveries.map(([how, { method, headers, body }]) => ({
    delivery: how,
    method,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? HIDDEN : value]),
    ),
    body,
  }));
  const texts = shown.map(({ delivery, method, headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return [
      ...(shown.length > 1 ? [`# ${delivery}`] : []),
      `${method} ${shownUrl(url)}`.trim(),
      ...lines,
      '',
      body,
    ].join('\n');
  });
  terminal.print(texts.join('\n\n'), shown);
  return 0;
}

async function sendAll(terminal: Terminal, url: string, deliveries: Deliveries, copies: number): Promise<number> {
  const results: { delivery: string; status: number; ok: boolean; durationMs: number }[] = [];
  for (const [how, delivery] of deliveries) {
    const isGood = how === 'good';
    terminal.progress(`Sending ${how} …`);
    const sent = Array.from({ length: isGood ? copies : 1 }, () => send(terminal, url, delivery));
    // The receiver has responded to the good delivery, so no response to a bad one is its fault.
    const responses = isGood ? sent : sent.map((response) => response.catch(noneOf));
    for (const { status, durationMs } of await Promise.all(responses)) {
      const ok = isGood ? status >= 200 && status < 300 : status >= 400 && status < 500;
      results.push({ delivery: how, status, ok, durationMs });
    }
  }
  const rows = results.map(({ delivery, status, ok, durationMs }) => [
    delivery,
    String(status),
    `${durationMs} ms`,
    verdict(delivery === 'good', ok, status),
  ]);
  const paint = (cell: string, column: number) =>
    column === 3 ? terminal.paint(cell.startsWith('WRONG') ? 'red' : 'green', cell) : cell;
  terminal.print(table(rows, paint), results);
  noteHint(terminal, results.find(({ delivery, ok }) => delivery === 'good' && !ok)?.status);
  return results.every(({ ok }) => ok) ? 0 : 2;
}

/** Takes the place of a response if there was none. */
function noneOf(error: unknown): { status: number; durationMs: number } {
  if (error instanceof CommandError) return { status: 0, durationMs: 0 };
  throw error;
}

function verdict(isGood: boolean, ok: boolean, status: number): string {
  if (isGood) return ok ? 'accepted' : 'WRONG: expected 2xx';
  return ok ? 'refused' : `WRONG: ${status === 0 ? 'no response, ' : ''}expected 4xx`;
}
