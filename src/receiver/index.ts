export { webhookEventTypes } from '../../generated/event-types.js';
export { DixaConfigurationError, DixaError } from '../shared/errors.js';
export { isWebhookEventType, type WebhookEventType } from '../shared/event-types.js';
export type { RawBody } from './body.js';
export { type Claim, type DedupeOptions, type DedupeStore, memoryDedupe } from './dedupe.js';
export { DixaPayloadError, DixaSignatureError, type SignatureFailure } from './errors.js';
export type * from './events.js';
export type { DeliveryContext, EventHandler, Unsubscribe } from './handlers.js';
export { parseEvent } from './parse.js';
export { createReceiver } from './receiver.js';
export type { Secrets } from './secret.js';
export { type SignOptions, signPayload } from './sign.js';
export type {
  Delivery,
  DeliveryHeaders,
  ErrorContext,
  ErrorHandler,
  ExecutionContext,
  ReceiveResult,
  Receiver,
  ReceiverFetch,
  ReceiverOptions,
  ResultHandler,
  SecretFunction,
} from './types.js';
export {
  type VerifiedSignature,
  type VerifyEventOptions,
  type VerifyOptions,
  verifyEvent,
  verifySignature,
} from './verify.js';
