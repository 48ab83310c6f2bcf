import { replaceInLists } from '../small-documents.js';
import { byId, json, logs, type Seed, schemas } from './seed.js';

const inPath = '#/paths/~1webhooks~1{webhookSubscriptionId}';

/** What upstream has and the contract lacks. */
export const newUpstream: Seed[] = [
  {
    title: 'an operation',
    change: (d) => {
      d.paths[`${byId}/test`] = { post: { responses: { 204: { description: '' }, 400: { description: '' } } } };
    },
    finds: [`new operation POST /webhooks/{webhookSubscriptionId}/test at ${inPath}~1test/post: absent → 204 400`],
  },
  {
    title: 'an operation elsewhere that is tagged as one of webhooks',
    change: (d) => {
      d.paths['/beta/keys'] = { get: { tags: ['Webhook Security'], responses: { 200: { description: '' } } } };
    },
    finds: ['new operation GET /keys at #/paths/~1keys/get: absent → 200'],
  },
  {
    title: 'an operation whose path names webhooks further on',
    change: (d) => {
      d.paths['/beta/agents/{id}/webhook-keys'] = { get: { responses: { 200: { description: '' } } } };
    },
    finds: ['new operation GET /agents/{id}/webhook-keys at #/paths/~1agents~1{id}~1webhook-keys/get: absent → 200'],
  },
  {
    title: 'a parameter',
    change: (d) => {
      d.paths['/beta/webhooks'].get.parameters = [{ name: 'pageLimit', in: 'query', schema: { type: 'integer' } }];
    },
    finds: [
      'new parameter GET /webhooks query pageLimit at #/paths/~1webhooks/get/parameters: absent → query pageLimit, optional integer',
    ],
  },
  {
    title: 'a parameter of a whole path',
    change: (d) => {
      d.components.parameters = {
        Dry: { name: 'X-Dry-Run', in: 'header', required: true, schema: { type: 'boolean' } },
      };
      d.paths[logs].parameters = [{ $ref: '#/components/parameters/Dry' }];
    },
    finds: [
      `new parameter GET /webhooks/{webhookSubscriptionId}/deliveries/{event} header X-Dry-Run at ${inPath}~1deliveries~1{event}/get/parameters: absent → header X-Dry-Run, required boolean`,
    ],
  },
  {
    title: 'a request body',
    change: (d) => {
      d.paths[byId].delete.requestBody = {
        content: json({ type: 'object', properties: { reason: { type: 'string' } } }),
      };
    },
    finds: [
      `new request body DELETE /webhooks/{webhookSubscriptionId} body at ${inPath}/delete/requestBody: absent → application/json { reason?: string }`,
    ],
  },
  {
    title: 'a media type',
    change: (d) => {
      d.paths['/beta/webhooks'].post.requestBody.content['application/xml'] = { schema: { type: 'object' } };
    },
    finds: [
      'new media type POST /webhooks body application/xml at #/paths/~1webhooks/post/requestBody/content/application~1xml: absent → application/xml',
    ],
  },
  {
    title: 'a status',
    change: (d) => {
      d.paths['/beta/webhooks'].post.responses[409] = {
        description: 'Conflict',
        content: json({ $ref: '#/components/schemas/Failure3' }),
      };
    },
    finds: [
      'new status POST /webhooks 409 at #/paths/~1webhooks/post/responses/409: absent → application/json { message: string }',
    ],
  },
  {
    title: 'a header',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[200].headers = { 'X-Total': { schema: { type: 'integer' } } };
    },
    finds: [
      'new header GET /webhooks 200 X-Total at #/paths/~1webhooks/get/responses/200/headers/X-Total: absent → X-Total',
    ],
  },
  {
    title: 'a server',
    change: (d) => {
      d.servers.push({ url: 'https://eu.dixa.io/' });
    },
    finds: ['new server https://eu.dixa.io/beta at #/servers: absent → https://eu.dixa.io/beta'],
  },
  {
    title: 'events that upstream describes itself, one of them unknown',
    change: (d) => {
      d.webhooks = { TypingEnded: { post: {} } };
      for (const name of ['AgentBannedIp', 'ConversationCreated', 'ConversationRated', 'TypingStarted']) {
        d.webhooks[name] = { post: {} };
      }
    },
    finds: [
      'new webhooks that upstream describes itself at #/webhooks: absent → AgentBannedIp, ConversationCreated, ConversationRated, TypingEnded, TypingStarted',
      'new event type TypingEnded at #/components/schemas/WebhookEventType/enum: absent → TypingEnded',
    ],
  },
  {
    title: 'events that upstream describes itself, by names of another kind',
    change: (d) => {
      d.webhooks = { AGENT_BANNED_IP: { post: {} } };
    },
    finds: ['new webhooks that upstream describes itself at #/webhooks: absent → AGENT_BANNED_IP'],
  },
  {
    title: 'an event type, once though six lists have it',
    change: (d) => replaceInLists(d, 'AgentBannedIp,', 'AgentBannedIp, TypingEnded,'),
    finds: ['new event type TypingEnded at #/components/schemas/WebhookEventType/enum: absent → TypingEnded'],
  },
  {
    title: 'an event type in one list only',
    change: (d) => {
      const { event } = schemas(d).Log.properties;
      event.description = event.description.replace(']', ', X]');
    },
    finds: ['new event type X at #/components/schemas/WebhookEventType/enum: absent → X'],
  },
  {
    title: 'an event type in a second list of one description',
    change: (d) => {
      schemas(d).Log.properties.event.description += '. Since June also these values: [`X`, "Y"]';
    },
    finds: [
      'new event type X at #/components/schemas/WebhookEventType/enum: absent → X',
      'new event type Y at #/components/schemas/WebhookEventType/enum: absent → Y',
    ],
  },
  ...['Allowed values are [Any, All, None]', 'Must be one of: [Any, All, None]', 'Values can be [Any,All,None]'].map(
    (description): Seed => ({
      title: `a value of an enum in prose: ${description}`,
      change: (d) => {
        schemas(d).CombinedFilters.properties.strategy.description = description;
      },
      finds: ['new enum value None at #/components/schemas/CombinedFilters/properties/strategy/enum: absent → None'],
    }),
  ),
  {
    title: 'an event type that only the ledger explained',
    change: (d) => replaceInLists(d, 'AgentBannedIp,', 'AgentBannedIp, ConversationTranscriptionAdded,'),
    finds: [],
    stale: ['transcription-added #/components/schemas/WebhookEventType/enum'],
  },
  {
    title: 'a filter field, once though two conditions have it',
    change: (d) => replaceInLists(d, 'QueueId,', 'QueueId, Tag,'),
    finds: ['new filter field Tag at #/components/schemas/FilterField/enum: absent → Tag'],
  },
];
