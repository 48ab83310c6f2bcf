import { createReceiver, DixaConfigurationError } from 'dixa-webhooks/receiver';
import { validators } from '../../generated/validators.js';
import { type Account, createAccount, type NewSubscription } from './account.js';
import { createApi, faultOf, parameterFault } from './api.js';
import { checkOptions } from './options.js';
import { trigger } from './trigger.js';
import type { Sandbox, SandboxOptions, SandboxSubscription } from './types.js';

/**
 * Creates an in-memory sandbox of Dixa's API. It serves Dixa's seven operations and delivers sample events. It needs no
 * network and no port.
 *
 * **The sandbox assumes what Dixa does not document**: any 2xx within 10 s is a success; a failed delivery
 * is not retried; a delivery without a response has the code 0; 50 logs are kept per event type; reads include custom
 * headers; filters are stored, but not applied; a subscription without `events` receives nothing. There is no rate
 * limit.
 * @throws DixaConfigurationError if an option is invalid
 * @example
 * const sandbox = createSandbox({ deliver: receiver.fetch })
 * const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false })
 * await dixa.create({ name: 'Ratings', url: 'https://hooks.example.com/dixa', events: ['ConversationRated'] })
 * await sandbox.trigger('ConversationRated', { data: { score: 1 } })
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  checkOptions(options, { apiKey: true, subscriptions: true, deliver: true });
  const { apiKey = `sandbox-${crypto.randomUUID()}`, subscriptions = [], deliver } = options;
  if (typeof apiKey !== 'string' || !/^[!-~]+$/.test(apiKey)) refuse('apiKey must be visible ASCII, without spaces.');
  if (deliver !== undefined && typeof deliver !== 'function')
    refuse('deliver must be a function, such as receiver.fetch.');
  if (!Array.isArray(subscriptions)) refuse('subscriptions must be an array.');
  const account = createAccount();
  for (const [index, subscription] of subscriptions.entries()) add(account, subscription, `subscriptions.${index}`);
  const serve = createApi(account, apiKey);
  return {
    apiKey,
    fetch: async (request, init) => serve(isRequest(request) && !init ? request : new Request(request, init)),
    trigger: (type, overrides, triggerOptions) => trigger(account, deliver, type, overrides, triggerOptions),
  };
}

function add(account: Account, subscription: SandboxSubscription, name: string): void {
  const { id, secretKey, ...given } = Object(subscription) as SandboxSubscription;
  const defaults = { authorization: { _type: 'NoAuth' }, customHeaders: {} };
  const body = { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  const fault =
    faultOf(validators.createWebhookSubscription.body, body, name) ??
    (id !== undefined &&
      parameterFault('getWebhookSubscription', { webhookSubscriptionId: id })?.replace(/^\w+/, `${name}.id`));
  if (fault) refuse(`${fault}.`);
  if (id !== undefined && account.has(id)) refuse(`${name}.id is already used by another subscription.`);
  // Throws if the secret is malformed, as the receiver of these deliveries would.
  if (secretKey !== undefined) createReceiver({ secret: [secretKey] });
  // A copy, so that later changes to the options have no effect.
  account.create(JSON.parse(JSON.stringify(body)) as NewSubscription, id, secretKey);
}

/** Not by `instanceof`: the request may come from another realm. */
function isRequest(value: Request | string | URL): value is Request {
  return 'headers' in Object(value);
}

function refuse(message: string): never {
  throw new DixaConfigurationError(message);
}
