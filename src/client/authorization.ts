import { requestBodies } from '../../generated/request-bodies.js';
import { checked } from './checks.js';
import type { BasicAuth, NoAuth, TokenAuth } from './types.js';

const { authorization: shape } = requestBodies.createWebhookSubscription.shape;

/**
 * Deliveries carry `Authorization: Basic …`.
 * @throws DixaInputError if the user name or the password is not a string, or if the user name contains a colon, which
 * would end it.
 * @example authorization: basicAuth('dixa', process.env.HOOK_PASSWORD)
 */
export function basicAuth(username: string, password: string): BasicAuth {
  return checked(shape, { _type: 'BasicAuth', username, password });
}

/**
 * Deliveries carry `Authorization: Bearer <value>`. Pass the token alone, without `Bearer`.
 * @throws DixaInputError if the value is not a string.
 * @example authorization: tokenAuth(process.env.HOOK_TOKEN)
 */
export function tokenAuth(value: string): TokenAuth {
  return checked(shape, { _type: 'TokenAuth', value });
}

/** Deliveries carry no `Authorization` header; their signature is then the only proof of where they come from. */
export function noAuth(): NoAuth {
  return { _type: 'NoAuth' };
}
