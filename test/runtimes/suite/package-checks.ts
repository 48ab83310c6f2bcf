import { signPayload } from 'dixa-webhooks/receiver';
import { redisDedupe } from 'dixa-webhooks/receiver/redis';
import { operations } from '../../../generated/operations.js';
import { type Check, expectEqual } from './check.js';
import type { Platform } from './platform.js';

/** What the runtime takes of the package. */
export function packageChecks({ backEnd }: Platform): Check[] {
  return [
    {
      name: `signatures are computed by ${backEnd}`,
      async run() {
        expectEqual((await importsKeys()) ? 'WebCrypto' : 'node:crypto', backEnd);
      },
    },
    {
      name: 'dixa-webhooks/receiver/redis can be imported',
      run: () => expectEqual(typeof redisDedupe, 'function'),
    },
    {
      name: 'the contract can be imported as dixa-webhooks/openapi.json',
      async run() {
        const { default: contract } = await import('dixa-webhooks/openapi.json', { with: { type: 'json' } });
        const paths = [...new Set(Object.values(operations).map(({ path }) => path))];
        expectEqual([contract.openapi, Object.keys(contract.paths).sort()], ['3.1.0', paths.sort()]);
      },
    },
  ];
}

/** Whether signing with a secret that was never used makes a key of WebCrypto's. */
async function importsKeys(): Promise<boolean> {
  const { subtle } = crypto;
  let isAsked = false;
  Object.defineProperty(subtle, 'importKey', {
    configurable: true,
    value: (...args: Parameters<SubtleCrypto['importKey']>) => {
      isAsked = true;
      return Object.getPrototypeOf(subtle).importKey.apply(subtle, args);
    },
  });
  try {
    await signPayload({ body: 'x', secret: crypto.randomUUID().replaceAll('-', '') });
    return isAsked;
  } finally {
    Reflect.deleteProperty(subtle, 'importKey');
  }
}
