import { createRequire } from 'node:module';
import { type Check, expectTrue } from '../suite/check.js';

/** For runtimes whose require() goes by the same conditions as their import. Deno's does not. */
export const backEndFile: Check = {
  name: 'the back end is the file for node:crypto',
  run() {
    const require = createRequire(import.meta.url);
    const file = createRequire(require.resolve('dixa-webhooks/receiver')).resolve('#hmac');
    expectTrue(file.replaceAll('\\', '/').endsWith('/dixa-webhooks/dist/hmac/node.js'), `It is ${file}`);
  },
};
