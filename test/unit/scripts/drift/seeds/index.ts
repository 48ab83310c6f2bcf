import { changedUpstream } from './changed.js';
import { goneUpstream } from './gone.js';
import { keywords } from './keywords.js';
import { newUpstream } from './new.js';
import { newInSchemas } from './new-in-schemas.js';
import type { Seed } from './seed.js';
import { unions } from './unions.js';

/** Every kind of change, by what it is about. */
export const seeds: Readonly<Record<string, readonly Seed[]>> = {
  'new upstream': newUpstream,
  'new in the schemas of upstream': newInSchemas,
  'gone upstream': goneUpstream,
  'changed upstream': changedUpstream,
  'a keyword of upstream': keywords,
  'a union of upstream': unions,
};
