import { version } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { resolveApiKey } from './api-key.js';
import { resolveBaseUrl } from './base-url.js';
import { checkHeaders, checkNumber, type Refuse } from './checks.js';
import { DixaInputError } from './errors.js';
import type { CallOptions, DixaWebhooksOptions } from './options.js';
import type { RateLimit } from './rate-limit.js';

/** The options of a client, checked, with the defaults filled in. */
export interface Settings extends Pick<DixaWebhooksOptions, 'fetch' | 'logger' | 'onRetry'> {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly rateLimit: RateLimit | false;
}

const refuseOption: Refuse = (field, problem) => {
  throw new DixaConfigurationError(`${field} ${problem}.`);
};

/** Checks the options of a client. Throws {@link DixaConfigurationError} at the first that is wrong. */
export function resolveSettings(options: DixaWebhooksOptions): Settings {
  const { rateLimit = {}, timeoutMs = 30_000, totalTimeoutMs = Infinity, maxRetries = 2 } = options;
  const browser = isBrowser();
  if (browser && !options.dangerouslyAllowBrowser) {
    refuseOption(
      'dangerouslyAllowBrowser',
      "is not set: in a browser anyone can read the organisation's key. Call Dixa from a server",
    );
  }
  checkHeaders(options.headers, refuseOption);
  return {
    ...options,
    apiKey: resolveApiKey(options.apiKey, refuseOption),
    baseUrl: resolveBaseUrl(options.baseUrl, options.apiVersion, refuseOption),
    headers: { ...(!browser && { 'User-Agent': `dixa-webhooks/${version}` }), ...options.headers },
    timeoutMs: checkNumber('timeoutMs', timeoutMs, refuseOption),
    totalTimeoutMs: checkNumber('totalTimeoutMs', totalTimeoutMs, refuseOption),
    maxRetries: checkNumber('maxRetries', maxRetries, refuseOption),
    rateLimit: rateLimit && {
      requestsPerSecond: checkNumber('requestsPerSecond', rateLimit.requestsPerSecond ?? 10, refuseOption),
      burst: checkNumber('burst', rateLimit.burst ?? 4, refuseOption),
    },
  };
}

function isBrowser(): boolean {
  const { document, navigator } = globalThis as { document?: unknown; navigator?: { userAgent?: string } };
  return !!document || /^Mozilla\//.test(navigator?.userAgent ?? '');
}

const refuseInput: Refuse = (field, problem) => {
  throw new DixaInputError(field, problem);
};

/** Checks the options of one call and fills in the client's. Throws {@link DixaInputError}. */
export function resolveCall(options: CallOptions, settings: Settings): { timeoutMs: number; maxRetries: number } {
  checkHeaders(options.headers, refuseInput);
  return {
    timeoutMs: checkNumber('timeoutMs', options.timeoutMs ?? settings.timeoutMs, refuseInput),
    maxRetries: checkNumber('maxRetries', options.maxRetries ?? settings.maxRetries, refuseInput),
  };
}
