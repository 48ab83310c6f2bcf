import type { WebhookSubscription } from 'dixa-webhooks';
import { plain } from './text.js';

/** Printed in place of a secret. */
export const HIDDEN = '[redacted]';

/** The values of a subscription that must not be shown. */
export function secretsOf(subscription: Partial<WebhookSubscription>): string[] {
  const { secretKey = '', headers, url = '' } = subscription;
  const values = Object.values(headers ?? {}).flatMap((value) => {
    const [, scheme = '', credentials = ''] = /^(Basic|Bearer) +(.+)$/i.exec(value) ?? [];
    const password = /basic/i.test(scheme)
      ? Buffer.from(credentials, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : '';
    return [value, credentials, password];
  });
  const { search, password } = URL.canParse(url) ? new URL(url) : { search: '', password: '' };
  // Both the encoded and the decoded values.
  const query = `${search}&=${password}`;
  const parts = query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [secretKey, ...values, ...parts, ...new URLSearchParams(query).values()];
}

/** Properties that are written, but not read. If Dixa returns them anyway, they are secret. */
const written = { authorization: undefined, customHeaders: undefined };

/** A subscription that can be printed: `secretKey`, header values and secrets in the URL are redacted. */
export function withoutSecrets(subscription: WebhookSubscription): WebhookSubscription {
  const headers = Object.fromEntries(Object.keys(subscription.headers ?? {}).map((name) => [name, HIDDEN]));
  return { ...subscription, ...written, url: shownUrl(subscription.url, 2000), headers, secretKey: HIDDEN };
}

/** A URL without its credentials and the values of its query, which may be tokens. */
export function shownUrl(url: string, longest = 80): string {
  const shown = plain(url, Number.POSITIVE_INFINITY)
    .replace(/(?<=\/\/)[^/?#]*@/, 'redacted@')
    .replace(/(?<=[?&])([^=&#]+=)?[^&#]+/g, '$1redacted');
  return plain(shown, longest);
}
