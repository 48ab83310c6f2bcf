import { createReceiver, DixaConfigurationError } from 'dixa-webhooks/receiver';
import { validators } from '../../generated/validators.js';
import { type Account, createAccount, type NewSubscription } from './account.js';
import { createApi, faultOf, parameterFault } from './api.js';
import { checkOptions } from './options.js';
import { trigger } from './trigger.js';
import type { Sandbox, SandboxOptions, SandboxSubscription } from './types.js';

/**
 * Creates a sandbox: Dixa's seven operations over subscriptions in memory, and deliveries of sample events. It needs no
 * network and no port.
 *
 * **What Dixa does not document is made up**: a delivery succeeds with any 2xx within 10 s and is not retried; a delivery
 * without a response has the code 0; 50 logs are kept of each event type; custom headers are shown on read; filters are
 * kept, but not applied; a subscription without `events` receives none. There is no rate limit.
 * @throws DixaConfigurationError if an option is wrong
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
  if (deliver !== undefined && typeof deliver !== 'function') refuse('deliver must be a function: receiver.fetch.');
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
  if (id !== undefined && account.has(id)) refuse(`${name}.id is that of another subscription.`);
  // Refuses a malformed secret, as the receiver of these deliveries would.
  if (secretKey !== undefined) createReceiver({ secret: [secretKey] });
  // A copy, which a change to the options does not reach.
  account.create(JSON.parse(JSON.stringify(body)) as NewSubscription, id, secretKey);
}

/** Of any realm: therefore not by `instanceof`. */
function isRequest(value: Request | string | URL): value is Request {
  return 'headers' in Object(value);
}

function refuse(message: string): never {
  throw new DixaConfigurationError(message);
}
