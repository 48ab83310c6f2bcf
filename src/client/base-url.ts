import { server } from '../../generated/server.js';
import type { Refuse } from './checks.js';

/** The address that paths are appended to, without a trailing slash. */
export function resolveBaseUrl(baseUrl: string | undefined, apiVersion: string | undefined, refuse: Refuse): string {
  if (baseUrl === undefined) {
    const version = server.apiVersions.find((known) => known === (apiVersion ?? server.defaultApiVersion));
    return server.url.replace(
      '{apiVersion}',
      version ?? refuse('apiVersion', `must be ${server.apiVersions.join(' or ')}`),
    );
  }
  if (apiVersion !== undefined) refuse('apiVersion', 'cannot be given with baseUrl, which replaces the version too');
  const url = parse(baseUrl);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!url || !safe || url.username || url.password || url.search || url.hash) {
    return refuse('baseUrl', 'must be an https: URL (http: on loopback only) without credentials, query and fragment');
  }
  return url.href.replace(/\/+$/, '');
}

const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
