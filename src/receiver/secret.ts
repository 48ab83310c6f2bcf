import { readme } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { hasKey } from './key.js';

/** The `secretKey` of a subscription, or an array of which one must match. */
export type Secrets = string | readonly string[];

/** A secret is the hex of at least 16 bytes. */
const hexSecret = /^([\da-f]{2}){16,}$/i;

/** Common mistakes, most likely first. */
const mistakes: readonly [pattern: RegExp, problem: string][] = [
  [/^$/, 'is empty or not a string'],
  [/\s/, 'has white space'],
  [/^["'].*["']$/, 'is in quotes'],
  [/^eyJ|\./, 'looks like an API token'],
  [/[^\da-f]/i, 'is not hex'],
  [/^/, 'is cut or too short'],
];

/** Throws {@link DixaConfigurationError} if a secret is malformed: decoding it would give an empty or truncated key. */
export function checkSecrets(secrets: Secrets): readonly string[] {
  if (hasKey(secrets)) return [secrets];
  // A copy, so that the checked list cannot change.
  const list = [secrets].flat().map((secret) => (typeof secret === 'string' ? secret : ''));
  const wrong = list.length > 0 ? list.find((secret) => !hexSecret.test(secret)) : '';
  if (wrong === undefined) return list;
  const problem = mistakes.find(([pattern]) => pattern.test(wrong))?.[1];
  throw new DixaConfigurationError(
    `secret ${problem}: pass the secretKey of the subscription unchanged (${readme}#secrets).`,
  );
}
