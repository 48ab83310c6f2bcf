import { describe, type Refuse } from './checks.js';

/** The key of the option, or else of the environment variable DIXA_API_KEY. */
export function resolveApiKey(option: unknown, refuse: Refuse): string {
  const field = option === undefined ? 'the environment variable DIXA_API_KEY' : 'apiKey';
  const key = option === undefined ? environmentKey() : option;
  if (key === undefined) return refuse('apiKey', 'is missing: pass it, or set the environment variable DIXA_API_KEY');
  if (typeof key !== 'string') return refuse(field, `must be a string; got ${describe(key)}`);
  if (key === '') return refuse(field, 'is empty: give the raw API token');
  const wrong = key.search(/[^\x21-\x7e]/);
  if (wrong < 0) return key;
  return refuse(
    field,
    `may hold visible ASCII characters only, and character ${wrong + 1} of ${key.length} is not one: give the raw API ` +
      'token, without "Bearer", spaces or line breaks',
  );
}

/** There is no environment in browsers, and Deno throws where the permission to read it is missing. */
function environmentKey(): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.DIXA_API_KEY;
  } catch {
    return undefined;
  }
}
