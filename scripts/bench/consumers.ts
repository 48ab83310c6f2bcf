/**
 * The smallest programs that do the work, one for each package: bundled, type-checked, and their package imported. What
 * a package does not bring, its user writes: the types of the API, and the check of the status.
 */
export interface Consumer {
  readonly package: string;
  readonly program: string;
}

const subscription = `
interface Reply { data: { id: string; name?: string; enabled?: boolean } }
const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
const baseUrl = 'https://api.example.com/beta';
const headers = { Authorization: 'key' };
`;

const delivery = `
export interface Delivery { body: Buffer; headers: Record<string, string> }
const secret = '6f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
`;

/** Programs that read one subscription and print its name. */
export const clientConsumers: readonly Consumer[] = [
  {
    package: 'dixa-webhooks',
    program: `
import { createDixaWebhooks } from 'dixa-webhooks';
const { name } = await createDixaWebhooks({ apiKey: 'key' }).get('5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8');
console.log(name);
`,
  },
  {
    package: 'openapi-fetch',
    program: `
import createClient from 'openapi-fetch';
import type { paths } from './openapi.js';
${subscription}
const client = createClient<paths>({ baseUrl, headers });
const path = { webhookSubscriptionId: id };
const { data, response } = await client.GET('/webhooks/{webhookSubscriptionId}', { params: { path } });
if (!response.ok) throw new Error(\`HTTP \${response.status}\`);
console.log(data?.data.name);
`,
  },
  {
    package: 'ofetch',
    program: `
import { ofetch } from 'ofetch';
${subscription}
const { data } = await ofetch<Reply>(\`/webhooks/\${id}\`, { baseURL: baseUrl, headers });
console.log(data.name);
`,
  },
  {
    package: '@hey-api/client-fetch',
    program: `
import { createClient, createConfig } from '@hey-api/client-fetch';
${subscription}
const client = createClient(createConfig({ baseUrl, headers, throwOnError: true }));
const { data } = await client.get<Reply, unknown, true>({ url: '/webhooks/{id}', path: { id } });
console.log((data as Reply).data.name);
`,
  },
  {
    package: 'ky',
    program: `
import ky from 'ky';
${subscription}
const { data } = await ky.get(\`webhooks/\${id}\`, { prefixUrl: baseUrl, headers }).json<Reply>();
console.log(data.name);
`,
  },
  {
    package: 'axios',
    program: `
import axios from 'axios';
${subscription}
const { data } = await axios.get<Reply>(\`/webhooks/\${id}\`, { baseURL: baseUrl, headers });
console.log(data.data.name);
`,
  },
];

/** Programs that verify a delivery and give its event, or hand it to its handler. */
export const receiverConsumers: readonly Consumer[] = [
  {
    package: 'dixa-webhooks/receiver',
    program: `
import { createReceiver } from 'dixa-webhooks/receiver';
${delivery}
const receiver = createReceiver({ secret });
receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid));
export const take = ({ body, headers }: Delivery) => receiver.receive({ body, headers });
`,
  },
  {
    package: '@octokit/webhooks',
    program: `
import { Webhooks } from '@octokit/webhooks';
${delivery}
const webhooks = new Webhooks({ secret });
webhooks.on('push', ({ payload }) => console.log(payload.ref));
export const take = ({ body, headers }: Delivery) =>
  webhooks.verifyAndReceive({
    id: headers['x-github-delivery'] ?? '',
    name: 'push',
    signature: headers['x-hub-signature-256'] ?? '',
    payload: body.toString(),
  });
`,
  },
  {
    package: '@octokit/webhooks-methods',
    program: `
import { verify } from '@octokit/webhooks-methods';
${delivery}
export const take = async ({ body, headers }: Delivery): Promise<unknown> => {
  const text = body.toString();
  if (!(await verify(secret, text, headers['x-hub-signature-256'] ?? ''))) throw new Error('Not signed by us.');
  return JSON.parse(text);
};
`,
  },
  {
    package: 'stripe',
    program: `
import Stripe from 'stripe';
${delivery}
const stripe = new Stripe('key');
export const take = ({ body, headers }: Delivery) =>
  stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret);
`,
  },
  ...['standardwebhooks', 'svix'].map((name) => ({
    package: name,
    program: `
import { Webhook } from '${name}';
${delivery}
const webhook = new Webhook(secret);
export const take = ({ body, headers }: Delivery): unknown => webhook.verify(body, headers);
`,
  })),
];
