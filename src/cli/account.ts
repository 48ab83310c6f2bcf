import type { CreateWebhookSubscription, UpdateWebhookSubscription, WebhookSubscription } from 'dixa-webhooks';
import { CommandError, usageError } from './errors.js';
import { readJson } from './input.js';
import { HIDDEN, shownUrl, withoutSecrets } from './secrets.js';
import { describeFilters, listEvents, noteSecret, stateOf } from './subscriptions.js';
import type { Terminal } from './terminal.js';
import { plain, table } from './text.js';

export async function list(terminal: Terminal): Promise<number> {
  const subscriptions = await (await terminal.dixa()).list();
  const rows = subscriptions.map(({ id, name, enabled, subscribedEvents, url }) => [
    plain(id),
    stateOf(enabled),
    plain(name, 32),
    listEvents(subscribedEvents),
    shownUrl(url),
  ]);
  const head = ['ID', 'STATE', 'NAME', 'EVENTS', 'URL'];
  const text = table([head, ...rows], (cell, column) =>
    column === 1 && cell === 'off' ? terminal.paint('dim', cell) : cell,
  );
  if (rows.length === 0) terminal.note('There are no subscriptions. Create one with `dixa-webhooks create`.');
  terminal.print(rows.length > 0 ? text : '', subscriptions.map(withoutSecrets));
  return 0;
}

export async function get(
  terminal: Terminal,
  { printSecret }: { readonly printSecret?: boolean },
  id: string,
): Promise<number> {
  const subscription = await (await terminal.dixa()).get(id);
  if (!printSecret) show(terminal, subscription);
  else if (/^[\da-f]+$/i.test(subscription.secretKey))
    terminal.reveal(subscription.secretKey, { secretKey: subscription.secretKey });
  else throw new CommandError('SECRET', 'Dixa returned no secret for this subscription, or one that is not hex.');
  return 0;
}

export async function create(terminal: Terminal, _options: object, file?: string): Promise<number> {
  const dixa = await terminal.dixa();
  const body = await readJson(terminal, file, 'a subscription');
  const created = await dixa.create(body as CreateWebhookSubscription);
  show(terminal, created);
  noteSecret(terminal, created.id);
  return 0;
}

export async function update(
  terminal: Terminal,
  { enable, disable }: { readonly enable?: boolean; readonly disable?: boolean },
  id: string,
  file?: string,
): Promise<number> {
  if (enable && disable) throw usageError('Pass only one of --enable and --disable.');
  const dixa = await terminal.dixa();
  const flags = enable || disable ? { enabled: enable === true } : undefined;
  const given = file || !flags ? await readJson(terminal, file, 'the changes') : {};
  const changes = flags && given instanceof Object && !Array.isArray(given) ? { ...given, ...flags } : given;
  show(terminal, await dixa.update(id, changes as UpdateWebhookSubscription));
  return 0;
}

export async function remove(terminal: Terminal, { yes }: { readonly yes?: boolean }, id: string): Promise<number> {
  const dixa = await terminal.dixa();
  if (!yes) {
    const { name, url } = await dixa.get(id);
    const isMeant = await terminal.confirm(`Delete "${plain(name)}" (${shownUrl(url)}) and its secret?`);
    if (!isMeant) {
      terminal.note('Nothing was deleted.');
      return 1;
    }
  }
  await dixa.delete(id);
  terminal.print(`Deleted ${plain(id)}.`, { deleted: id });
  return 0;
}

function show(terminal: Terminal, subscription: WebhookSubscription): void {
  const { id, name, url, enabled, subscribedEvents, headers, filters } = subscription;
  const { createdAt, createdBy, updatedAt, updatedBy } = subscription;
  const rows = [
    ['id', plain(id)],
    ['name', plain(name, 200)],
    ['url', shownUrl(url, 400)],
    ['state', stateOf(enabled)],
    ...listed('events', subscribedEvents ? subscribedEvents.map((event) => plain(event)) : ['not shown by Dixa']),
    ...listed(
      'headers',
      Object.entries(headers ?? {}).map(([header, value]) => `${plain(header)}: ${masked(value)}`),
    ),
    ...listed('filters', describeFilters(filters)),
    ['created', `${plain(createdAt)} by ${plain(createdBy)}`],
    ['updated', `${plain(updatedAt)} by ${plain(updatedBy)}`],
    ['secret', `${HIDDEN} (print it with get --print-secret)`],
  ];
  terminal.print(table(rows), withoutSecrets(subscription));
}

/** One row per item. Only the first has the label. */
function listed(label: string, items: readonly string[]): string[][] {
  return (items.length > 0 ? items : ['none']).map((item, index) => [index === 0 ? label : '', item]);
}

/** Hides a header value. The scheme of an Authorization header is not secret. */
function masked(value: string): string {
  return `${/^(Basic|Bearer) /.exec(value)?.[0] ?? ''}${HIDDEN}`;
}
