import type { OperationId, statuses } from '../../generated/operations.js';
import {
  type DixaApiError,
  DixaAuthenticationError,
  DixaBadRequestError,
  DixaNotFoundError,
  DixaRateLimitError,
  DixaServerError,
} from '../../src/client/index.js';

/** The error that a method rejects with. */
interface Refusal {
  readonly errorClass: typeof DixaApiError;
  readonly code: string;
  /** Words of the advice in its message. */
  readonly advises: string;
  readonly outcome?: 'unknown';
}

/** What a method makes of a status: the `data` of the reply, nothing, or an error. */
export type Expectation = 'data' | 'nothing' | Refusal;

const errors = {
  400: { errorClass: DixaBadRequestError, code: 'DIXA_BAD_REQUEST', advises: 'check the arguments' },
  401: { errorClass: DixaAuthenticationError, code: 'DIXA_AUTHENTICATION', advises: 'apiKey' },
  429: { errorClass: DixaRateLimitError, code: 'DIXA_RATE_LIMIT', advises: 'Reduce the request rate' },
  500: { errorClass: DixaServerError, code: 'DIXA_SERVER', advises: 'again later' },
} satisfies Record<number, Refusal>;

const errorsOfOne = {
  ...errors,
  404: { errorClass: DixaNotFoundError, code: 'DIXA_NOT_FOUND', advises: 'list()' },
} satisfies Record<number, Refusal>;

/** Each operation and each status that it declares. What the contract gains has to be added here. */
export const expectations: {
  readonly [Id in OperationId]: Readonly<Record<(typeof statuses)[Id][number], Expectation>>;
} = {
  listWebhookSubscriptions: { 200: 'data', ...errors },
  createWebhookSubscription: {
    201: 'data',
    ...errors,
    500: { ...errors[500], advises: 'call list() before creating it again', outcome: 'unknown' },
  },
  getWebhookSubscription: { 200: 'data', ...errorsOfOne },
  updateWebhookSubscription: { 200: 'data', ...errorsOfOne },
  deleteWebhookSubscription: { 204: 'nothing', ...errorsOfOne },
  listDeliveryStatuses: { 200: 'data', ...errorsOfOne },
  listDeliveryLogs: { 200: 'data', ...errorsOfOne },
};
