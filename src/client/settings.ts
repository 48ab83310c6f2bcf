import { apiVersions, server } from '../../generated/server.js';
import { version } from '../../generated/version.js';
import { environment } from '../shared/environment.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { isLoopback } from '../shared/loopback.js';
import { check, checkOptions, type Refuse, type Shape } from './checks.js';
import type { DixaLogger, DixaWebhooksOptions } from './options.js';
import type { RateLimit } from './rate-limit.js';

/** The checked options of a client, with defaults filled in. */
export interface Settings extends Pick<DixaWebhooksOptions, 'fetch' | 'logger' | 'onRetry'> {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly rateLimit: RateLimit | false;
}

const optionsShape = {
  apiKey: 'a string',
  apiVersion: apiVersions.join(' or '),
  baseUrl: 'a string',
  fetch: 'a function',
  headers: { '*': 'a string' },
  timeoutMs: 'a number',
  totalTimeoutMs: 'a number',
  maxRetries: 'a number',
  rateLimit: 'an object',
  logger: 'an object',
  onRetry: 'a function',
  dangerouslyAllowBrowser: 'a boolean',
} satisfies Record<keyof DixaWebhooksOptions, Shape>;

const rateLimitShape = { requestsPerSecond: 'a number', burst: 'a number' } satisfies Record<keyof RateLimit, Shape>;

const refuseOption: Refuse = (field, problem) => {
  throw new DixaConfigurationError(`${field} ${problem}.`);
};

/** Checks the options of a client. Throws {@link DixaConfigurationError} for the first wrong one. */
export function resolveSettings(options: DixaWebhooksOptions): Settings {
  checkOptions(optionsShape, options, refuseOption, 'options');
  const { headers = {}, timeoutMs = 30_000, totalTimeoutMs = Infinity, maxRetries = 2, rateLimit = {} } = options;
  check('headers', headers, refuseOption);
  checkOptions(rateLimitShape, rateLimit || {}, refuseOption, 'rateLimit', 'rateLimit');
  const { requestsPerSecond = 10, burst = 4 } = rateLimit || {};
  const browser = isBrowser();
  if (browser && !options.dangerouslyAllowBrowser) {
    const why = 'is not set: in a browser, anyone can read the key. Set it only in tests that have a document';
    refuseOption('dangerouslyAllowBrowser', why);
  }
  return {
    ...options,
    logger: options.logger && safeLogger(options.logger),
    apiKey: resolveApiKey(options.apiKey),
    baseUrl: resolveBaseUrl(options),
    headers: {
      ...(!browser && { 'user-agent': `dixa-webhooks/${version}` }),
      ...Object.fromEntries(new Headers(headers)),
    },
    timeoutMs,
    totalTimeoutMs,
    maxRetries,
    rateLimit: rateLimit && { requestsPerSecond, burst },
  };
}

/** Ignores errors of the logger, so that it never changes the outcome of a call. */
function safeLogger(logger: DixaLogger): DixaLogger {
  const write = (level: keyof DixaLogger) => (message: string) => {
    const log = async () => logger[level](`dixa-webhooks: ${message}`);
    log().catch(() => {});
  };
  return { debug: write('debug'), warn: write('warn') };
}

/** The key from the option, or from the environment variable DIXA_API_KEY. */
function resolveApiKey(option: string | undefined): string {
  const key = option ?? environment('DIXA_API_KEY');
  if (key === undefined) return refuseOption('apiKey', 'is missing: pass it, or set DIXA_API_KEY');
  const [, fault] = keyFaults.find(([looks]) => looks.test(key)) ?? [];
  return fault ? refuseOption('apiKey', fault) : key;
}

/** What can be wrong with a key, and the fix. The first match is reported. */
const keyFaults = [
  [/^$/, 'is empty'],
  [/^bearer\s/i, 'begins with "Bearer": pass only the token'],
  [/^["']/, 'is in quotation marks: pass only the token'],
  [/[^!-~]/, 'must be visible ASCII, without spaces or line breaks'],
] as const;

/** The URL that paths are appended to, without a trailing slash. */
function resolveBaseUrl({ baseUrl, apiVersion }: DixaWebhooksOptions): string {
  if (baseUrl !== undefined && apiVersion) refuseOption('apiVersion', 'is part of baseUrl: pass only one of them');
  const text = baseUrl ?? server.url.replace('{apiVersion}', apiVersion ?? server.defaultApiVersion);
  if (URL.canParse(text)) {
    const { protocol, hostname, origin, pathname, href } = new URL(text);
    const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
    // False if it has credentials, a query or a fragment.
    const isPlain = href.replace(/[?#]+$/, '') === origin + pathname;
    if (isSafe && isPlain) return origin + pathname.replace(/\/+$/, '');
  }
  return refuseOption('baseUrl', 'must be https:, or http: on loopback, without credentials, query or fragment');
}

function isBrowser(): boolean {
  const { document, navigator } = globalThis as { document?: unknown; navigator?: { userAgent?: string } };
  return !!document || /^Mozilla\//.test(navigator?.userAgent ?? '');
}
