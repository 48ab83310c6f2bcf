import { command } from '../lib/command.js';
import { ContractError } from '../lib/contract.js';
import { projectRoot } from '../lib/package.js';
import { compare, write } from './generated-files.js';
import { render } from './render.js';

const usage = `Usage: npm run generate [-- --check] [--root <folder>]
  --check          write nothing; fail if a generated file is out of date
  --root <folder>  the project to work in (default: this one)`;

const flags = { check: { type: 'boolean' }, root: { type: 'string' } } as const;

export const main = command(usage, flags, async (values) => {
  const root = projectRoot(values.root);
  const start = performance.now();
  const took = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    // Everything is rendered before the first file is written, so an invalid contract changes nothing.
    const files = await render(root);
    if (values.check) {
      const differences = await compare(root, files);
      if (differences.length === 0) {
        console.log(`generated/, README.md and llms.txt are up to date (${took()}).`);
        return 0;
      }
      for (const { file, state } of differences) console.error(`${file} is ${state}.`);
      console.error('Run `npm run generate` and commit the result.');
      return 1;
    }
    const changed = await write(root, files);
    const what = changed.map(({ file, state }) => (state === 'unexpected' ? `${file} (removed)` : file)).join(', ');
    console.log(
      what ? `Wrote ${what} (${took()}).` : `generated/, README.md and llms.txt were up to date (${took()}).`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(`${error.message}\n\nNothing was written. Fix the error and run this again.`);
    return 1;
  }
});
