import type { components } from '../../generated/openapi.js';

/** The value of the `Authorization` header that Dixa computes for deliveries, if there is one (documented). */
export function authorizationHeader(
  authorization: components['schemas']['CreateWebhookSubscription']['authorization'],
): string | undefined {
  if (authorization._type === 'TokenAuth') return `Bearer ${authorization.value}`;
  if (authorization._type === 'NoAuth') return undefined;
  // One by one: a long password has more bytes than a call can have arguments.
  let bytes = '';
  for (const byte of new TextEncoder().encode(`${authorization.username}:${authorization.password}`)) {
    bytes += String.fromCharCode(byte);
  }
  return `Basic ${btoa(bytes)}`;
}
