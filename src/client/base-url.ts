import { server } from '../../generated/server.js';
import type { Refuse } from './checks.js';
import type { DixaWebhooksOptions } from './options.js';

const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** The address that paths are appended to, without a trailing slash. */
export function resolveBaseUrl({ baseUrl, apiVersion }: DixaWebhooksOptions, refuse: Refuse): string {
  if (baseUrl !== undefined && apiVersion) refuse('apiVersion', 'cannot be given with baseUrl, which replaces it');
  const text = baseUrl ?? server.url.replace('{apiVersion}', apiVersion ?? server.defaultApiVersion);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (safe && !(url.username || url.password || url.search || url.hash))
    return url.origin + url.pathname.replace(/\/+$/, '');
  return refuse('baseUrl', 'must be an https: URL (http: on loopback only) without credentials, query and fragment');
}
