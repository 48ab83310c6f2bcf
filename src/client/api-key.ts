import type { Refuse } from './checks.js';

/** The key of the option, or else of the environment variable DIXA_API_KEY. */
export function resolveApiKey(option: unknown, refuse: Refuse): string {
  const key = option === undefined ? environmentKey() : option;
  if (typeof key === 'string' && /^[!-~]+$/.test(key)) return key;
  if (key === undefined) return refuse('apiKey', 'is missing: pass it, or set DIXA_API_KEY');
  return refuse('apiKey', key === '' ? 'is empty' : 'must be visible ASCII, without spaces');
}

/** There is no environment in browsers, and Deno throws where the permission to read it is missing. */
function environmentKey(): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.DIXA_API_KEY;
  } catch {
    return undefined;
  }
}
