// Uses the installed package as an ES module. Told the address of a server that plays the contract.
import { createDixaWebhooks, DixaError, DixaNotFoundError, version, webhookEventTypes } from 'dixa-webhooks';

const dixa = createDixaWebhooks({ apiKey: 'a-key', baseUrl: process.argv[2] });
const [first] = await dixa.list();
const error = await dixa.get(first.id, { headers: { Prefer: 'code=404' } }).catch((reason) => reason);

console.log(
  JSON.stringify({
    version,
    eventTypes: webhookEventTypes.length,
    url: first.url,
    error: error.name,
    recognised: error instanceof DixaNotFoundError && DixaError.is(error),
  }),
);
