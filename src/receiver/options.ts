import { environment } from '../shared/environment.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { nearest } from '../shared/nearest.js';
import type { DedupeOptions, DedupeStore } from './dedupe.js';
import { checkSecrets } from './secret.js';
import type { ReceiverOptions, SecretFunction } from './types.js';
import { TOLERANCE_MS } from './verify.js';

/** The checked options of a receiver, including defaults. */
export interface Settings<Env> {
  readonly secrets: readonly string[] | SecretFunction<Env>;
  readonly toleranceMs: number;
  readonly maxBodyBytes: number;
  readonly pendingWaitMs: number;
  readonly isAcknowledgedFirst: boolean;
  readonly dedupe: { readonly [K in keyof DedupeOptions]-?: NonNullable<DedupeOptions[K]> } | undefined;
}

const names = [
  'secret',
  'toleranceMs',
  'maxBodyBytes',
  'acknowledge',
  'dedupe',
  'pendingWaitMs',
] satisfies (keyof ReceiverOptions)[];

const dedupeNames = ['store', 'by', 'leaseMs', 'keepMs'] satisfies (keyof DedupeOptions)[];

/** Checks the options of a receiver. Throws {@link DixaConfigurationError} for the first invalid one. */
export function resolveOptions<Env>(options: ReceiverOptions<Env>): Settings<Env> {
  if (Object(options) !== options) refuse('The options must be an object.');
  checkNames(options, names);
  const { acknowledge = 'handled', toleranceMs = TOLERANCE_MS } = options;
  const { maxBodyBytes = 1_048_576, pendingWaitMs = 10_000 } = options;
  if (acknowledge !== 'handled' && acknowledge !== 'received') refuse("acknowledge must be 'handled' or 'received'.");
  const dedupe = resolveDedupe(options.dedupe, toleranceMs);
  return {
    secrets: typeof options.secret === 'function' ? options.secret : fixedSecrets(options.secret),
    toleranceMs: checkNumber('toleranceMs', toleranceMs),
    maxBodyBytes: checkNumber('maxBodyBytes', maxBodyBytes),
    pendingWaitMs: checkNumber('pendingWaitMs', pendingWaitMs),
    isAcknowledgedFirst: acknowledge === 'received',
    dedupe,
  };
}

function fixedSecrets(option: ReceiverOptions['secret']): readonly string[] {
  const secret = option === undefined ? environment('DIXA_WEBHOOK_SECRET') : option;
  if (secret == null || secret.length === 0) {
    refuse('No secret: pass the secretKey of the subscription as secret, or set DIXA_WEBHOOK_SECRET.');
  }
  return checkSecrets(secret as string);
}

function resolveDedupe(option: ReceiverOptions['dedupe'], toleranceMs: number): Settings<unknown>['dedupe'] {
  if (option === undefined) return undefined;
  const isStore = 'claim' in Object(option);
  const {
    store,
    by = 'secret',
    leaseMs = 60_000,
    keepMs = 86_400_000,
  } = isStore ? { store: option as DedupeStore } : (Object(option) as DedupeOptions);
  if (!isStore) checkNames(Object(option), dedupeNames);
  for (const method of ['claim', 'commit', 'release'] as const) {
    if (typeof Object(store)[method] === 'function') continue;
    refuse(`dedupe must have a store with ${method}(): pass memoryDedupe(), redisDedupe(client) or your own.`);
  }
  if (by !== 'secret' && by !== 'event') refuse("dedupe.by must be 'secret' or 'event'.");
  checkNumber('leaseMs', leaseMs);
  if (!(checkNumber('keepMs', keepMs) >= toleranceMs)) {
    refuse('dedupe.keepMs must not be less than toleranceMs: a duplicate would be handled again.');
  }
  return { store, by, leaseMs, keepMs };
}

function checkNames(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown) refuse(`There is no option ${unknown}: use ${nearest(unknown, known) ?? known.join(', ')}.`);
}

function checkNumber(name: string, value: number): number {
  if (typeof value === 'number' && value >= 0) return value;
  return refuse(`${name} must be a number, 0 or more.`);
}

function refuse(message: string): never {
  throw new DixaConfigurationError(message);
}
