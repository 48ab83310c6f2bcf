import { requestBodies } from '../../generated/request-bodies.js';
import { checked } from './checks.js';
import type { BasicAuth, NoAuth, TokenAuth } from './types.js';

const { authorization: shape } = requestBodies.createWebhookSubscription.shape;

/**
 * Basic authorization: deliveries carry `Authorization: Basic <base64 of username:password>`.
 * @throws DixaInputError if an argument is not a string, or if the user name contains a colon.
 * @example authorization: basicAuth('dixa', process.env.HOOK_PASSWORD)
 */
export function basicAuth(username: string, password: string): BasicAuth {
  return checked(shape, { _type: 'BasicAuth', username, password });
}

/**
 * Token authorization: deliveries carry `Authorization: Bearer <value>`. Pass the token without `Bearer`.
 * @throws DixaInputError if the value is not a string.
 * @example authorization: tokenAuth(process.env.HOOK_TOKEN)
 */
export function tokenAuth(value: string): TokenAuth {
  return checked(shape, { _type: 'TokenAuth', value });
}

/** No authorization: deliveries carry no `Authorization` header. Only the signature proves where they come from. */
export function noAuth(): NoAuth {
  return { _type: 'NoAuth' };
}
