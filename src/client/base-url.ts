import { server } from '../../generated/server.js';
import type { Refuse } from './checks.js';
import type { DixaWebhooksOptions } from './options.js';

const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** The address that paths are appended to, without a trailing slash. */
export function resolveBaseUrl({ baseUrl, apiVersion }: DixaWebhooksOptions, refuse: Refuse): string {
  if (baseUrl !== undefined && apiVersion) refuse('apiVersion', 'is part of baseUrl');
  const text = baseUrl ?? server.url.replace('{apiVersion}', apiVersion ?? server.defaultApiVersion);
  if (URL.canParse(text)) {
    const { protocol, hostname, origin, pathname, href } = new URL(text);
    const isSafe = protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
    // Else it holds credentials, a query or a fragment.
    const isPlain = href.replace(/[?#]+$/, '') === origin + pathname;
    if (isSafe && isPlain) return origin + pathname.replace(/\/+$/, '');
  }
  return refuse('baseUrl', 'must be https:, or http: on loopback, without credentials, query and fragment');
}
