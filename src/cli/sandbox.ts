import { randomBytes, randomUUID } from 'node:crypto';
import { webhookEventTypes } from '../../generated/event-types.js';
import { receiverUrl } from './send.js';
import { shownUrl } from './subscriptions.js';
import { type Terminal, wholeNumber } from './terminal.js';

const DEFAULT_PORT = 3492;

export async function sandbox(
  terminal: Terminal,
  { port, forwardTo }: { readonly port?: string; readonly forwardTo?: string },
): Promise<number> {
  const number = wholeNumber(port, '--port', 65_535) ?? DEFAULT_PORT;
  const receiver = forwardTo === undefined ? undefined : subscriptionOf(receiverUrl(forwardTo, '--forward-to'));
  const { startSandbox } = await import('dixa-webhooks/testing');
  const server = await startSandbox({ port: number, subscriptions: receiver ? [receiver] : [] });
  const exported = {
    DIXA_BASE_URL: server.url,
    DIXA_API_KEY: server.apiKey,
    ...(receiver && { DIXA_WEBHOOK_SECRET: receiver.secretKey }),
  };
  const lines = Object.entries(exported).map(([name, value]) => `export ${name}=${value}`);
  terminal.note(`A sandbox of Dixa runs at ${server.url} until Ctrl-C. It keeps what it has in memory. Dixa documents little of
how it delivers, so this is made up: 2xx is success, the timeout is 10 s, 50 deliveries are kept for each event type,
code 0 stands for a lost connection, and filters are kept but not applied.
${receiver ? `Subscription ${receiver.id} sends all event types to ${shownUrl(receiver.url)}.\n` : ''}
Export this in another terminal:`);
  // Secrets of the sandbox alone, which are for whoever started it.
  terminal.reveal(lines.join('\n'), { ...exported, ...(receiver && { subscriptionId: receiver.id }) });
  await new Promise((resolve) => terminal.signal.addEventListener('abort', resolve, { once: true }));
  await server.close();
  return 130;
}

function subscriptionOf(url: string) {
  return {
    id: randomUUID(),
    secretKey: randomBytes(32).toString('hex'),
    name: 'dixa-webhooks sandbox --forward-to',
    url,
    events: webhookEventTypes,
  };
}
