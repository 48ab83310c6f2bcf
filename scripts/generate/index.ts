import { command } from '../lib/command.js';
import { ContractError } from '../lib/contract.js';
import { outdated, write } from './generated-files.js';
import { render } from './render.js';

const usage = `Usage: npm run generate [-- --check]
  --check  write nothing; fail if a generated file is out of date`;

export const main = command(usage, { check: { type: 'boolean' } }, async ({ check }, root) => {
  const start = performance.now();
  try {
    // Everything is rendered before the first file is written, so an invalid contract changes nothing.
    const files = await render(root);
    const changed = await (check ? outdated(root, files) : write(root, files));
    const took = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    if (changed.length === 0) {
      console.log(`generated/, README.md and llms.txt are up to date (${took}).`);
      return 0;
    }
    if (check) console.error(`Out of date: ${changed.join(', ')}. Run \`npm run generate\` and commit the result.`);
    else console.log(`Updated ${changed.join(', ')} (${took}).`);
    return check ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(`${error.message}\n\nNothing was written. Fix the error and run this again.`);
    return 1;
  }
});
