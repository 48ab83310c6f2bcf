import { createRequire } from 'node:module';
import { DixaError } from 'dixa-webhooks';
import { type Check, expectTrue } from '../suite/check.js';
import { backEndFile } from './back-end-file.js';
import { runAsProcess } from './process.js';

const requires: Check = {
  name: 'require() gives the same modules as import',
  run() {
    const require = createRequire(import.meta.url);
    for (const name of ['dixa-webhooks', 'dixa-webhooks/receiver']) {
      expectTrue(require(name).DixaError === DixaError, `${name} is there twice.`);
    }
  },
};

await runAsProcess({ tellsRefusal: true, servers: [], ownChecks: [backEndFile, requires] });
