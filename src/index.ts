export { webhookEventTypes } from '../generated/event-types.js';
export type { OperationId } from '../generated/operations.js';
export { version } from '../generated/version.js';
export { createDixaWebhooks, type DixaWebhooks } from './client/create.js';
export {
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
} from './client/errors.js';
export { allOf, anyOf, basicAuth, isNotOneOf, isOneOf, noAuth, tokenAuth } from './client/helpers.js';
export type { ApiVersion, CallOptions, DixaLogger, DixaWebhooksOptions, Fetch, RetryInfo } from './client/options.js';
export type { RateLimit } from './client/rate-limit.js';
export type { RawClient } from './client/raw.js';
export type {
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
  TokenAuth,
  UnknownFilterField,
  UpdateWebhookSubscription,
  WebhookAuthorization,
  WebhookFilters,
  WebhookSubscription,
} from './client/types.js';
export { DixaConfigurationError, DixaError } from './shared/errors.js';
export { isWebhookEventType, type UnknownEventType, type WebhookEventType } from './shared/event-types.js';
