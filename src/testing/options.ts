import { DixaConfigurationError } from 'dixa-webhooks/receiver';
import { nearest } from '../shared/nearest.js';

/** Throws if the options are not an object or contain an unknown name. */
export function checkOptions<Options extends object>(options: Options, names: Record<keyof Options, true>): Options {
  if (Object(options) !== options) throw new DixaConfigurationError('The options must be an object.');
  const all = Object.keys(names);
  const unknown = Object.keys(options).find((name) => !all.includes(name));
  if (unknown === undefined) return options;
  throw new DixaConfigurationError(`There is no option ${unknown}: use ${nearest(unknown, all) ?? all.join(', ')}.`);
}
