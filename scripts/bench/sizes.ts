import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundledSize } from '../check/sizes.js';

/** The smallest programs that read subscriptions, by package. */
export const clientPrograms: Readonly<Record<string, string>> = {
  'dixa-webhooks': `import { createDixaWebhooks } from 'dixa-webhooks';
    console.log((await createDixaWebhooks({ apiKey: 'x' }).list())[0]?.name);`,
  'openapi-fetch': `import createClient from 'openapi-fetch'; import type { paths } from './openapi.js';
    console.log((await createClient<paths>({ baseUrl: 'https://x' }).GET('/webhooks')).data?.data?.[0]?.name);`,
  ky: "import ky from 'ky'; console.log((await ky.get('https://x').json<{ name: string }>()).name);",
  axios: "import axios from 'axios'; console.log((await axios.get<{ name: string }>('https://x')).data.name);",
};

/** The smallest programs that verify a delivery and use its event. */
export const receiverPrograms: Readonly<Record<string, string>> = {
  'dixa-webhooks/receiver': `import { createReceiver } from 'dixa-webhooks/receiver'; const receiver = createReceiver({ secret: 'x' });
    receiver.on('ConversationCreated', ({ data }) => console.log(data.conversation?.csid));
    await receiver.receive({ body: '', headers: {} });`,
  '@octokit/webhooks': `import { Webhooks } from '@octokit/webhooks'; const webhooks = new Webhooks({ secret: 'x' });
    webhooks.on('push', ({ payload }) => console.log(payload.ref));
    await webhooks.verifyAndReceive({ id: '', name: 'push', signature: '', payload: '' });`,
  stripe: "import Stripe from 'stripe'; console.log(new Stripe('x').webhooks.constructEvent('', '', 'x').type);",
  standardwebhooks: "import { Webhook } from 'standardwebhooks'; console.log(new Webhook('x').verify('', {}));",
};

const programOf = (name: string) => clientPrograms[name] ?? receiverPrograms[name] ?? '';

/** What packages cost before they do anything, and how that is measured. */
export const sizeMeasures: Readonly<Record<string, (project: string, name: string) => Promise<number>>> = {
  'bundle, B': (resolveDir, name) =>
    bundledSize(programOf(name), { platform: name in clientPrograms ? 'browser' : 'node', resolveDir }),
  'import, ms': importTime,
};

/** The CPU time of an import in a new Node process. */
async function importTime(project: string, name: string): Promise<number> {
  const program = `await import('data:text/javascript,');
    const before = process.cpuUsage();
    await import(process.argv[1]);
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);
    process.exit();`;
  const args = ['--input-type=module', '--eval', program, name];
  return Number((await promisify(execFile)(process.execPath, args, { cwd: project })).stdout);
}
