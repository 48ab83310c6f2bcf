import { type ParseArgsConfig, parseArgs } from 'node:util';
import { root } from './package.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Chosen extends Options> = ReturnType<typeof parseArgs<{ options: Chosen }>>['values'];

/** An argument that a command does not accept. */
export class UsageError extends Error {}

/**
 * Creates the `main` function of a command, which resolves with the exit code. Wrong arguments print the usage and resolve with 2. Tests
 * pass the folder of another project.
 */
export function command<const Chosen extends Options>(
  usage: string,
  options: Chosen,
  run: (values: Values<Chosen>, folder: string) => Promise<number>,
): (args: string[], folder?: string) => Promise<number> {
  return async (args, folder = root) => {
    if (args.includes('--help')) {
      console.log(usage);
      return 0;
    }
    try {
      return await run(parseArgs({ args, options }).values, folder);
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      if (!(error instanceof UsageError) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
      console.error(`${message}\n${usage}`);
      return 2;
    }
  };
}
