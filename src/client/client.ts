import type { OperationId } from '../../generated/operations.js';
import type { UnknownEventType, WebhookEventType } from '../shared/event-types.js';
import { noAuth } from './authorization.js';
import { checkBody, checkCallOptions } from './checks.js';
import type { CallOptions, DixaWebhooksOptions } from './options.js';
import { createRateLimiter } from './rate-limit.js';
import { createRaw } from './raw.js';
import { bodyOf } from './reply.js';
import { isPlainObject } from './rules.js';
import { resolveSettings } from './settings.js';
import { createTransport } from './transport.js';
import type {
  CreateWebhookSubscription,
  EventDeliveryLog,
  EventDeliveryStatus,
  RawClient,
  UpdateWebhookSubscription,
  WebhookSubscription,
} from './types.js';

/**
 * The webhook subscriptions of one Dixa organisation. Every method rejects with a `DixaError`, or with the reason of
 * `options.signal` where that aborts it.
 */
export interface DixaWebhooks {
  /** All subscriptions of the organisation; there is no pagination (documented). */
  list(options?: CallOptions): Promise<WebhookSubscription[]>;

  /**
   * Creates a subscription. Keep the `secretKey` of the result: the receiver verifies deliveries with it. Never repeated
   * where it may have been carried out, for that would make a second one: see the error's `outcome`.
   */
  create(subscription: CreateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /** One subscription. Rejects with `DixaNotFoundError` where there is none. */
  get(id: string, options?: CallOptions): Promise<WebhookSubscription>;

  /** Changes only the given properties; `events` replaces the whole set. Resolves with the updated subscription. */
  update(id: string, changes: UpdateWebhookSubscription, options?: CallOptions): Promise<WebhookSubscription>;

  /** Deletes a subscription, and with it its `secretKey`. */
  delete(id: string, options?: CallOptions): Promise<void>;

  /** How the latest delivery of each event type went. */
  deliveryStatuses(id: string, options?: CallOptions): Promise<EventDeliveryStatus[]>;

  /**
   * The latest deliveries of one event type, with what was sent: personal data of customers. The newest comes first in
   * Dixa's example; how far back it goes is not documented.
   */
  deliveryLogs(
    id: string,
    event: WebhookEventType | UnknownEventType,
    options?: CallOptions,
  ): Promise<EventDeliveryLog[]>;

  /**
   * The typed openapi-fetch client beneath, with the same key, checks, retries, limits and timeouts. HTTP errors come
   * back as `{ error, response }`, as openapi-fetch has it; only what has no usable reply throws. It also takes
   * `timeoutMs` and `maxRetries`.
   */
  readonly raw: RawClient;
}

/** What a call sends, beside its options. */
interface Arguments {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Makes a client. One serves a whole process: the rate limit holds for the calls of one client.
 * @throws DixaConfigurationError at an option that is wrong, and in a browser.
 * @example
 * const dixa = createDixaWebhooks({ apiKey })
 * const subscriptions = await dixa.list()
 */
export function createDixaWebhooks(options: DixaWebhooksOptions = {}): DixaWebhooks {
  const settings = resolveSettings(options);
  const { raw, send } = createRaw(settings, createTransport(settings, createRateLimiter(settings.rateLimit)));
  let hasWarned = false;

  /** Makes one call through openapi-fetch and takes the data out of its wrapper. */
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
