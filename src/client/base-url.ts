import { server } from '../../generated/server.js';
import type { Refuse } from './checks.js';
import type { ApiVersion } from './options.js';

/** The address that paths are appended to, without a trailing slash. */
export function resolveBaseUrl(
  baseUrl: string | undefined,
  apiVersion: ApiVersion | undefined,
  refuse: Refuse,
): string {
  if (baseUrl === undefined) return serverAddress(apiVersion ?? server.defaultApiVersion, refuse);
  if (apiVersion !== undefined) refuse('apiVersion', 'cannot be given with baseUrl, which replaces the version too');
  const url = parse(baseUrl) ?? refuse('baseUrl', 'is not an absolute URL such as https://example.com/beta');
  if (url.username || url.password) refuse('baseUrl', 'must not hold credentials: the key goes into apiKey');
  if (url.search || url.hash) refuse('baseUrl', 'must not have a query or a fragment');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    refuse('baseUrl', 'must begin with https:, else the key travels in clear (http: is for loopback addresses)');
  }
  return url.href.replace(/\/+$/, '');
}

function serverAddress(version: ApiVersion, refuse: Refuse): string {
  if (!server.apiVersions.includes(version)) refuse('apiVersion', `must be one of: ${server.apiVersions.join(', ')}`);
  return server.url.replace('{apiVersion}', version);
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
