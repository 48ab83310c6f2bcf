import type { Refuse } from './checks.js';

/** The key of the option, or else of the environment variable DIXA_API_KEY. */
export function resolveApiKey(option: unknown, refuse: Refuse): string {
  const key = option === undefined ? environmentKey() : option;
  if (key === undefined) refuse('apiKey', 'is missing: pass it, or set the environment variable DIXA_API_KEY');
  if (typeof key !== 'string' || !key) return refuse('apiKey', 'must be a string that is not empty');
  if (/[^!-~]/.test(key)) refuse('apiKey', 'has a space, a line break or another character that is not visible ASCII');
  return key;
}

/** There is no environment in browsers, and Deno throws where the permission to read it is missing. */
function environmentKey(): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.DIXA_API_KEY;
  } catch {
    return undefined;
  }
}
