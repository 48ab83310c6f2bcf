import type { WebhookSubscription } from 'dixa-webhooks';
import { plain } from './text.js';

/** What stands for a secret. */
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
  if (!URL.canParse(url)) return [secretKey, ...values];
  const { password, searchParams } = new URL(url);
  return [secretKey, ...values, password, ...searchParams.values()];
}

/** A subscription as it may be printed: `secretKey`, the values of headers and what is secret in the URL are replaced. */
export function withoutSecrets(subscription: WebhookSubscription): WebhookSubscription {
  const headers = Object.fromEntries(Object.keys(subscription.headers ?? {}).map((name) => [name, HIDDEN]));
  return { ...subscription, url: shownUrl(subscription.url, 2000), headers, secretKey: HIDDEN };
}

/** A URL without its password and the values of its query, which may be tokens. */
export function shownUrl(url: string, longest = 80): string {
  if (!URL.canParse(url)) return plain(url, longest);
  const shown = new URL(url);
  if (shown.password) shown.password = 'redacted';
  for (const name of [...shown.searchParams.keys()]) shown.searchParams.set(name, 'redacted');
  return plain(shown.password || shown.search ? shown.href : url, longest);
}
