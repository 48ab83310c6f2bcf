import type { OperationId } from '../../generated/operations.js';
import { isPlainObject } from '../shared/plain-object.js';
import { noAuth } from './authorization.js';
import { checkBody, checkCallOptions } from './checks.js';
import type { CallOptions, DixaWebhooksOptions } from './options.js';
import { createRaw } from './raw.js';
import { bodyOf } from './reply.js';
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
 * A client for the webhook subscriptions of one Dixa organization. Every method rejects with a `DixaError`, or with the
 * reason of `options.signal` if that aborts.
 */
export interface DixaWebhooks {
  /**
   * Lists all webhook subscriptions of the organization. There is no pagination (documented).
   * @throws DixaAuthenticationError if `apiKey` is wrong.
   * @example
   * for (const { id, name, enabled } of await dixa.list()) console.log(id, name, enabled)
   */
  list(options?: CallOptions): Promise<WebhookSubscription[]>;

  /**
   * Creates a webhook subscription. Store the `secretKey` of the result: the receiver needs it to verify deliveries.
   *
   * A request that Dixa may have processed is never retried, because that could create a second subscription. The error
   * then has `outcome: 'unknown'`: call `list()` before creating the subscription again.
   * @throws DixaInputError if a property is wrong or missing. Nothing was sent.
   * @throws DixaBadRequestError if Dixa rejects a value.
   * @example
   * const { id, secretKey } = await dixa.create({
   *   name: 'Dashboard',
   *   url: 'https://hooks.example.com/dixa',
   *   events: ['ConversationCreated'],
   * })
   */
  create(subscription: CreateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Gets one webhook subscription. `secretKey` and `headers` are secrets in clear text: do not log them.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * const { name, url, subscribedEvents } = await dixa.get(id)
   */
  get(id: string, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Changes the given properties of a webhook subscription and resolves with the updated subscription.
   *
   * `events` replaces the whole set. Pass all `customHeaders` and `filters`: whether Dixa replaces or merges them is not
   * documented. Pass only what changes, not a subscription that you read: its `id`, for example, cannot be set.
   * @throws DixaInputError if a property is wrong or cannot be changed. Nothing was sent.
   * @throws DixaBadRequestError if Dixa rejects a value.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * await dixa.update(id, { enabled: false })
   */
  update(id: string, changes: UpdateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /**
   * Deletes a webhook subscription and its `secretKey`. To pause deliveries, update `enabled` to false instead.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * await dixa.delete(id)
   */
  delete(id: string, options?: CallOptions): Promise<void>;

  /**
   * Lists the outcome of the latest delivery of each event type.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * for (const { event, deliveryStatus } of await dixa.deliveryStatuses(id)) {
   *   if (deliveryStatus._type === 'DeliveryDetail' && !deliveryStatus.success) console.log(event, 'failed')
   * }
   */
  deliveryStatuses(id: string, options?: CallOptions): Promise<EventDeliveryStatus[]>;

  /**
   * Lists the latest deliveries of one event type. Their payloads contain customers' personal data. Dixa's example lists
   * the newest first; how long deliveries are kept is not documented.
   * @throws DixaNotFoundError if there is no subscription with this id.
   * @example
   * const [latest] = await dixa.deliveryLogs(id, 'ConversationCreated')
   */
  deliveryLogs(id: string, event: AnyEventType, options?: CallOptions): Promise<EventDeliveryLog[]>;

  /**
   * The underlying typed openapi-fetch client, with the same key, checks, retries, limits and timeouts.
   * @example
   * const { data, error, response } = await dixa.raw.GET('/webhooks')
   */
  readonly raw: RawClient;
}

/** The arguments of a call. */
interface Arguments {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Creates a client for Dixa's webhook subscriptions. Create one per process or Worker: each client has its own rate limit.
 * @throws DixaConfigurationError if an option is wrong, or in a browser.
 * @example
 * const dixa = createDixaWebhooks({ apiKey })
 * const subscriptions = await dixa.list()
 */
export function createDixaWebhooks(options: DixaWebhooksOptions = {}): DixaWebhooks {
  const settings = resolveSettings(options);
  const { raw, send } = createRaw(settings, createTransport(settings));
  let hasWarned = false;

  /** Makes one call through openapi-fetch. Resolves with the `data` of the response. */
  async function call<Data>(operationId: OperationId, { path, body }: Arguments, options?: CallOptions): Promise<Data> {
    checkCallOptions(options);
    const init = { params: { path }, headers: options?.headers, body, parseAs: 'text' };
    const { data, ...rest } = await send(operationId, init, options ?? {}, bodyOf);
    const unknown = Object.keys(rest);
    if (unknown.length && !hasWarned) {
      hasWarned = true;
      settings.logger?.warn(`${operationId}: the response has unknown fields: ${unknown}. Check for a newer version.`);
    }
    return data as Data;
  }

  const one = (id: string) => ({ path: { webhookSubscriptionId: id } });

  return {
    list: (options) => call('listWebhookSubscriptions', {}, options),
    create: async (subscription, options) => {
      const body = withDefaults(subscription);
      // Required here, because Dixa does not document what a missing list means.
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

/** Adds the required properties that have a default. Anything but an object is left unchanged, to be refused by the check. */
function withDefaults(subscription: CreateWebhookSubscription): object {
  if (!isPlainObject(subscription)) return subscription;
  const { authorization = noAuth(), customHeaders = {} } = subscription;
  return { ...subscription, authorization, customHeaders };
}
