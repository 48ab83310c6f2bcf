import type { OperationId } from '../../generated/operations.js';
import { noAuth } from './authorization.js';
import { checkBody, checkCallOptions } from './checks.js';
import type { CallOptions, DixaWebhooksOptions } from './options.js';
import { createRaw } from './raw.js';
import { bodyOf } from './reply.js';
import { isPlainObject } from './rules.js';
import { resolveSettings } from './settings.js';
import { createTransport } from './transport.js';
import type {
  AnyEventType,
  CreateWebhookSubscription,
  EventDeliveryLog,
  EventDeliveryStatus,
  RawClient,
  UpdateWebhookSubscription,
  WebhookSubscription,
} from './types.js';

/**
 * The webhook subscriptions of one Dixa organisation. Every method rejects with a `DixaError`, or with the reason of
 * `options.signal` if that aborts.
 */
export interface DixaWebhooks {
  /**
   * Resolves with all subscriptions of the organisation; there is no pagination (documented).
   * @throws DixaAuthenticationError if `apiKey` is wrong.
   * @example
   * for (const { id, name, enabled } of await dixa.list()) console.log(id, name, enabled)
   */
  list(options?: CallOptions): Promise<WebhookSubscription[]>;

  /**
   * Creates a subscription. Keep the `secretKey` of the result: the receiver verifies deliveries with it. A request that
   * may have been processed is never repeated, because that would create a second subscription.
   * @throws DixaInputError if a property is wrong or missing.
   * @throws DixaBadRequestError if Dixa refuses a value.
   * @throws Errors with `outcome: 'unknown'` if the subscription may exist: call `list()` before creating it again.
   * @example
   * const { id, secretKey } = await dixa.create({
   *   name: 'Dashboard',
   *   url: 'https://hooks.example.com/dixa',
   *   events: ['ConversationCreated'],
   * })
   */
  create(subscription: CreateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Resolves with one subscription.
   * @throws DixaNotFoundError if there is none with this id.
   * @example
   * const { name, url, subscribedEvents } = await dixa.get(id)
   */
  get(id: string, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Changes only the given properties; `events` replaces the whole set. Resolves with the updated subscription.
   * @throws DixaInputError if a property is wrong or cannot be changed.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * await dixa.update(id, { enabled: false })
   */
  update(id: string, changes: UpdateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Deletes a subscription, and its `secretKey` with it.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * await dixa.delete(id)
   */
  delete(id: string, options?: CallOptions): Promise<void>;

  /**
   * Resolves with the outcome of the latest delivery of each event type.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * for (const { event, deliveryStatus } of await dixa.deliveryStatuses(id)) {
   *   if (deliveryStatus._type === 'DeliveryDetail' && !deliveryStatus.success) console.log(event, 'failed')
   * }
   */
  deliveryStatuses(id: string, options?: CallOptions): Promise<EventDeliveryStatus[]>;

  /**
   * Resolves with the latest deliveries of one event type, with what was sent: personal data of customers. In Dixa's
   * example the newest comes first; how long deliveries are kept is not documented.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * const [latest] = await dixa.deliveryLogs(id, 'ConversationCreated')
   */
  deliveryLogs(id: string, event: AnyEventType, options?: CallOptions): Promise<EventDeliveryLog[]>;

  /**
   * The typed openapi-fetch client underneath, with the same key, checks, retries, limits and timeouts.
   * @example
   * const { data, error, response } = await dixa.raw.GET('/webhooks')
   */
  readonly raw: RawClient;
}

/** What a call sends, apart from its options. */
interface Arguments {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Creates a client. One client is enough for a process or a Worker: the rate limit applies to each client separately.
 * @throws DixaConfigurationError if an option is wrong, and in a browser.
 * @example
 * const dixa = createDixaWebhooks({ apiKey })
 * const subscriptions = await dixa.list()
 */
export function createDixaWebhooks(options: DixaWebhooksOptions = {}): DixaWebhooks {
  const settings = resolveSettings(options);
  const { raw, send } = createRaw(settings, createTransport(settings));
  let hasWarned = false;

  /** Makes one call through openapi-fetch. Resolves with the data of the response, without its wrapper. */
  async function call<Data>(operationId: OperationId, { path, body }: Arguments, options?: CallOptions): Promise<Data> {
    checkCallOptions(options);
    const init = { params: { path }, headers: options?.headers, body, parseAs: 'text' };
    const { data, ...rest } = await send(operationId, init, options ?? {}, bodyOf);
    const unknown = Object.keys(rest);
    if (unknown.length && !hasWarned) {
      hasWarned = true;
      settings.logger?.warn(`${operationId}: the response holds more than data: ${unknown}. Look for a newer version.`);
    }
    return data as Data;
  }

  const one = (id: string) => ({ path: { webhookSubscriptionId: id } });

  return {
    list: (options) => call('listWebhookSubscriptions', {}, options),
    create: async (subscription, options) => {
      const body = withDefaults(subscription);
      // Required here, because Dixa does not say what its absence means.
      checkBody('createWebhookSubscription', body, 'subscription', ['events']);
      return call('createWebhookSubscription', { body }, options);
    },
    get: (id, options) => call('getWebhookSubscription', one(id), options),
    update: async (id, changes, options) => {
      checkBody('updateWebhookSubscription', changes, 'changes');
      return call('updateWebhookSubscription', { ...one(id), body: changes }, options);
    },
    delete: (id, options) => call('deleteWebhookSubscription', one(id), options),
    deliveryStatuses: (id, options) => call('listDeliveryStatuses', one(id), options),
    deliveryLogs: (id, event, options) => call('listDeliveryLogs', { path: { ...one(id).path, event } }, options),
    raw,
  };
}

/** A new subscription with what the contract requires. What is no object stays as it is, for the check to refuse. */
function withDefaults(subscription: CreateWebhookSubscription): object {
  if (!isPlainObject(subscription)) return subscription;
  const { authorization = noAuth(), customHeaders = {} } = subscription;
  return { ...subscription, authorization, customHeaders };
}
