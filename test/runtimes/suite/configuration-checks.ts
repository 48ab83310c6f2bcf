import { createDixaWebhooks, DixaConfigurationError, DixaInputError, version, webhookEventTypes } from 'dixa-webhooks';
import { DixaConfigurationError as ReceiversError } from 'dixa-webhooks/receiver';
import { type Check, expectEqual, expectTrue } from './check.js';
import { apiKey, headerSecret, makeClient, rejectionOf } from './client.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

/** What is refused before anything is sent. */
export function configurationChecks(plan: Plan, platform: Platform): Check[] {
  const refusal = (make: () => unknown) => rejectionOf(Promise.resolve().then(make), platform);
  return [
    {
      name: 'the package has the version that was packed, and knows its event types',
      run() {
        expectEqual(version, plan.version);
        expectTrue(webhookEventTypes.includes('ConversationCreated'), 'ConversationCreated is missing.');
      },
    },
    {
      name: 'the client and the receiver share their errors',
      run: () => expectTrue(DixaConfigurationError === ReceiversError, 'There are two of a class.'),
    },
    {
      name: `without dangerouslyAllowBrowser, a client is ${platform.isBrowser ? 'refused' : 'made'}`,
      async run() {
        const make = () => createDixaWebhooks({ apiKey });
        if (!platform.isBrowser) return void make();
        const error = await refusal(make);
        expectTrue(error instanceof DixaConfigurationError, `It is ${error}`);
        expectTrue(error.message.includes('dangerouslyAllowBrowser'), error.message);
      },
    },
    {
      name: 'a client without a key is refused',
      async run() {
        const error = await refusal(() => createDixaWebhooks({ dangerouslyAllowBrowser: platform.isBrowser }));
        expectTrue(error instanceof DixaConfigurationError && error.message.includes('DIXA_API_KEY'), `It is ${error}`);
      },
    },
    {
      name: 'a header that cannot be sent is refused without being quoted',
      async run() {
        const error = await refusal(() => makeClient(platform, { headers: { 'X-Secret': `${headerSecret}\0` } }));
        expectTrue(error instanceof DixaConfigurationError, `It is ${error}`);
      },
    },
    {
      name: 'an id that is no UUID is refused before anything is sent',
      async run() {
        const dixa = makeClient(platform, { baseUrl: plan.deadUrl });
        for (const id of ['', '..', headerSecret]) {
          const error = await rejectionOf(dixa.get(id), platform);
          expectTrue(error instanceof DixaInputError, `It is ${error}`);
        }
      },
    },
  ];
}
