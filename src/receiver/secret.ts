import { DixaConfigurationError } from '../shared/errors.js';
import { hasKey } from './key.js';

/** The `secretKey` of a subscription, or several of which one must match. */
export type Secrets = string | readonly string[];

/** What a secret must be: the hex of at least 16 bytes. */
const hexSecret = /^([\da-f]{2}){16,}$/i;

/** What a malformed secret may be, the likeliest first, for the message. */
const mistakes: readonly [pattern: RegExp, problem: string][] = [
  [/^$/, 'is empty or no string'],
  [/\s/, 'has white space'],
  [/^["'].*["']$/, 'is in quotes'],
  [/^eyJ|\./, 'looks like an API token'],
  [/[^\da-f]/i, 'is not hex'],
  [/^/, 'is cut or too short'],
];

/** Throws {@link DixaConfigurationError} at a secret that could not be one: as a key it would be empty or cut. */
export function checkSecrets(secrets: Secrets): readonly string[] {
  if (hasKey(secrets)) return [secrets];
  // A copy, so that what was checked stays as it was.
  const list = [secrets].flat().map((secret) => (typeof secret === 'string' ? secret : ''));
  const wrong = list.length > 0 ? list.find((secret) => !hexSecret.test(secret)) : '';
  if (wrong === undefined) return list;
  const problem = mistakes.find(([pattern]) => pattern.test(wrong))?.[1];
  throw new DixaConfigurationError(
    `secret ${problem}: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).`,
  );
}
