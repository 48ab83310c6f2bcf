import { version } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { resolveApiKey } from './api-key.js';
import { resolveBaseUrl } from './base-url.js';
import { checkHeaders, numberIn, type Refuse } from './checks.js';
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
  const { rateLimit = {}, headers } = options;
  const browser = isBrowser();
  if (browser && !options.dangerouslyAllowBrowser) {
    refuseOption('dangerouslyAllowBrowser', 'is not set: in a browser anyone can read the key');
  }
  checkHeaders(headers, refuseOption);
  return {
    ...options,
    apiKey: resolveApiKey(options.apiKey, refuseOption),
    baseUrl: resolveBaseUrl(options, refuseOption),
    headers: { ...(!browser && { 'User-Agent': `dixa-webhooks/${version}` }), ...headers },
    timeoutMs: numberIn('timeoutMs', refuseOption, options),
    totalTimeoutMs: numberIn('totalTimeoutMs', refuseOption, options),
    maxRetries: numberIn('maxRetries', refuseOption, options),
    rateLimit: rateLimit && {
      requestsPerSecond: numberIn('requestsPerSecond', refuseOption, rateLimit),
      burst: numberIn('burst', refuseOption, rateLimit),
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
export function resolveCall(
  options: CallOptions,
  settings: Settings,
  headerParameters: unknown,
): { timeoutMs: number; maxRetries: number } {
  checkHeaders(options.headers, refuseInput);
  checkHeaders(headerParameters, refuseInput);
  return {
    timeoutMs: numberIn('timeoutMs', refuseInput, options, settings),
    maxRetries: numberIn('maxRetries', refuseInput, options, settings),
  };
}
