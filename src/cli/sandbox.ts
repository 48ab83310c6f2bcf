import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxDelivery } from 'dixa-webhooks/testing';
import { webhookEventTypes } from '../../generated/event-types.js';
import { isLoopback } from '../shared/loopback.js';
import { TRIGGER_PATH } from '../shared/trigger-path.js';
import { CommandError, usageError } from './errors.js';
import { wholeNumber } from './input.js';
import { shownUrl } from './secrets.js';
import { noResponse, noteHint, receiverUrl } from './send.js';
import { stateColours } from './subscriptions.js';
import type { Terminal } from './terminal.js';
import { plain, table } from './text.js';

const DEFAULT_PORT = 3492;

export async function sandbox(
  terminal: Terminal,
  { port, forwardTo }: { readonly port?: string; readonly forwardTo?: string },
): Promise<number> {
  const number = wholeNumber(port, '--port', 0, 65_535) ?? DEFAULT_PORT;
  const receiver = forwardTo === undefined ? undefined : subscriptionOf(localUrl(forwardTo));
  const { startSandbox } = await import('dixa-webhooks/testing');
  const server = await startSandbox({ port: number, subscriptions: receiver ? [receiver] : [] });
  const exported = {
    DIXA_BASE_URL: server.url,
    DIXA_API_KEY: server.apiKey,
    ...(receiver && { DIXA_WEBHOOK_SECRET: receiver.secretKey }),
  };
  const lines = Object.entries(exported).map(([name, value]) => `export ${name}=${value}`);
  terminal.note(`A sandbox of Dixa is running at ${server.url}. Stop it with Ctrl-C. It keeps its data in memory. Dixa documents little
about how it delivers, so this is assumed: 2xx is success, the timeout is 10 s, 50 deliveries are kept per
event type, code 0 means no response, and filters are stored but not applied.
${receiver ? `Subscription ${receiver.id} sends all event types to ${shownUrl(receiver.url)}.` : 'It has no subscription yet: create one, and start the receiver with its secret.'}

The client does not read DIXA_BASE_URL; pass it as baseUrl. Run this in each shell in which you use the command or run the receiver:`);
  // These secrets are valid only for the sandbox, and the user needs them.
  terminal.reveal(lines.join('\n'), { ...exported, ...(receiver && { subscriptionId: receiver.id }) });
  await new Promise((resolve) => terminal.signal.addEventListener('abort', resolve, { once: true }));
  await server.close();
  return 130;
}

/** The address of a receiver on this machine: the sandbox delivers to no other. */
function localUrl(forwardTo: string): string {
  const url = receiverUrl(forwardTo, '--forward-to');
  if (isLoopback(new URL(url).hostname)) return url;
  throw usageError('--forward-to must be on this machine, such as http://localhost:3000.');
}

function subscriptionOf(url: string) {
  return {
    id: randomUUID(),
    secretKey: randomBytes(32).toString('hex'),
    name: 'Sandbox',
    url,
    events: webhookEventTypes,
  };
}

/** Whether the API is on this machine. */
export function isSandbox({ baseUrl: url = '' }: Terminal): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}

interface TriggerRequest {
  readonly type: string;
  readonly overrides: object;
  readonly copies: number;
  readonly delayMs: number;
}

/** Makes the sandbox deliver an event to its subscriptions, so that its logs contain the deliveries. */
export async function triggerSandbox(terminal: Terminal, what: TriggerRequest): Promise<number> {
  const { env, signal } = terminal;
  const address = new URL(TRIGGER_PATH, terminal.baseUrl);
  const headers = { authorization: env.DIXA_API_KEY ?? '' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(what), signal }).catch(
    (error) => {
      throw noResponse(address.href, error);
    },
  );
  const { data, message } = Object(await response.json().catch(() => ({}))) as {
    data?: SandboxDelivery[];
    message?: string;
  };
  if (!Array.isArray(data))
    throw new CommandError('SANDBOX', `${address.href} responded ${response.status}: ${message ?? 'is it a sandbox?'}`);
  const deliveries = data.map((delivery) => ({ ...delivery, url: shownUrl(delivery.url) }));
  const rows = deliveries.map(({ success, status, url, subscriptionId, reason = '' }) => {
    return [success ? 'ok' : 'failed', String(status), subscriptionId, url, plain(reason, 200)];
  });
  if (rows.length === 0) terminal.note(`The sandbox has no enabled subscription to ${what.type}.`);
  terminal.print(table(rows, stateColours(terminal, 0)), deliveries);
  noteHint(terminal, deliveries.find(({ success }) => !success)?.status);
  return data.length > 0 && data.every(({ success }) => success) ? 0 : 2;
}
