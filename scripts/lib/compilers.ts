import { packageFile } from './run-node.js';

/**
 * The versions of TypeScript that users compile with. Each is run by its file: all of them put a `tsc` into node_modules/.bin, and which
 * one stays there is chance.
 */
export const compilers = {
  'TypeScript 7': packageFile('typescript-native', 'bin/tsc'),
  'TypeScript 6': packageFile('typescript', 'bin/tsc'),
  /** The oldest one that reads the declarations. */
  'TypeScript 5.4': packageFile('typescript-oldest', 'bin/tsc'),
} as const;
