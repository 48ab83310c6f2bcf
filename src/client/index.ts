export { webhookEventTypes } from '../../generated/event-types.js';
export type { OperationId } from '../../generated/operations.js';
export { version } from '../../generated/version.js';
export { DixaConfigurationError, DixaError } from '../shared/errors.js';
export { isWebhookEventType, type UnknownEventType, type WebhookEventType } from '../shared/event-types.js';
export { basicAuth, noAuth, tokenAuth } from './authorization.js';
export { createDixaWebhooks, type DixaWebhooks } from './client.js';
export {
  type CallError,
  DixaApiError,
  DixaAuthenticationError,
  DixaBadRequestError,
  DixaConnectionError,
  DixaInputError,
  DixaNotFoundError,
  DixaPermissionError,
  DixaRateLimitError,
  DixaResponseError,
  DixaServerError,
  DixaTimeoutError,
  type Outcome,
} from './errors.js';
export { allOf, anyOf, isNotOneOf, isOneOf } from './filters.js';
export type { ApiVersion, CallOptions, DixaLogger, DixaWebhooksOptions, Fetch, RetryInfo } from './options.js';
export type { RateLimit } from './rate-limit.js';
export type { FailureReason } from './retry.js';
export type {
  AnyEventType,
  BasicAuth,
  CombinedFilters,
  CreateWebhookSubscription,
  DeliveryDetail,
  DeliveryLogDetail,
  EventDeliveryLog,
  EventDeliveryStatus,
  FilterCondition,
  FilterField,
  IsNotOneOf,
  IsOneOf,
  NoAuth,
  NoRecentDelivery,
  RawClient,
  ReadOnlyProperties,
  TokenAuth,
  UnknownFilterField,
  UpdateWebhookSubscription,
  WebhookAuthorization,
  WebhookFilters,
  WebhookSubscription,
} from './types.js';
