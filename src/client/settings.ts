import { version } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { resolveApiKey } from './api-key.js';
import { resolveBaseUrl } from './base-url.js';
import { check, type Refuse } from './checks.js';
import type { DixaLogger, DixaWebhooksOptions } from './options.js';
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
  const { headers, timeoutMs = 30_000, totalTimeoutMs = Infinity, maxRetries = 2, rateLimit = {} } = options;
  const { requestsPerSecond = 10, burst = 4 } = rateLimit || {};
  const browser = isBrowser();
  if (browser && !options.dangerouslyAllowBrowser) {
    refuseOption('dangerouslyAllowBrowser', 'is not set: a browser shows the key to anyone');
  }
  const checked = { headers, timeoutMs, totalTimeoutMs, maxRetries, requestsPerSecond, burst };
  for (const name of Object.keys(checked) as (keyof typeof checked)[]) check(name, checked[name], refuseOption);
  return {
    ...options,
    logger: options.logger && safeLogger(options.logger),
    apiKey: resolveApiKey(options.apiKey, refuseOption),
    baseUrl: resolveBaseUrl(options, refuseOption),
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

/** A logger never changes what becomes of a call: what it throws, or rejects with, is dropped. */
function safeLogger(logger: DixaLogger): DixaLogger {
  const write = (level: keyof DixaLogger) => (message: string) => {
    const log = async () => logger[level](`dixa-webhooks: ${message}`);
    log().catch(() => {});
  };
  return { debug: write('debug'), warn: write('warn') };
}

function isBrowser(): boolean {
  const { document, navigator } = globalThis as { document?: unknown; navigator?: { userAgent?: string } };
  return !!document || /^Mozilla\//.test(navigator?.userAgent ?? '');
}
