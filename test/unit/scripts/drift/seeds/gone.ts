import { replaceInLists } from '../small-documents.js';
import { byId, type Seed, schemas } from './seed.js';

const inPath = '#/paths/~1webhooks~1{webhookSubscriptionId}';
const create = '#/components/schemas/CreateWebhookSubscription';

/** What the contract has and upstream lacks. */
export const goneUpstream: Seed[] = [
  {
    title: 'a header of a status that upstream declares now',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[429] = d.paths['/beta/webhooks'].get.responses[400];
    },
    finds: [
      'gone header GET /webhooks 429 Retry-After at #/components/responses/TooManyRequests/headers/Retry-After: Retry-After → absent',
    ],
    stale: ['rate-limit-is-exceeded #/paths/~1webhooks/get/responses/429'],
  },
  {
    title: 'an operation, whose ledger entries then say nothing wrong',
    change: (d) => {
      delete d.paths[byId].delete;
    },
    finds: [
      `gone operation DELETE /webhooks/{webhookSubscriptionId} at ${inPath}/delete: 204 400 401 404 429 500 → absent`,
    ],
  },
  {
    title: 'a parameter',
    change: (d) => {
      d.paths[byId].get.parameters = [];
    },
    finds: [
      'gone parameter GET /webhooks/{webhookSubscriptionId} path webhookSubscriptionId at #/components/parameters/WebhookSubscriptionId: path webhookSubscriptionId, required string (uuid) → absent',
    ],
  },
  {
    title: 'a request body',
    change: (d) => {
      delete d.paths[byId].patch.requestBody;
    },
    finds: [
      `gone request body PATCH /webhooks/{webhookSubscriptionId} body at ${inPath}/patch/requestBody: application/json { authorization?: BasicAuth | NoAuth | TokenAuth; events?: ("AgentBannedIp" | "ConversationCreated" | "ConversationRated" | "ConversationTranscriptionAdded" | "TypingStarted")[]; url?: string } → absent`,
    ],
  },
  {
    title: 'a status',
    change: (d) => {
      delete d.paths[byId].get.responses[404];
    },
    finds: [
      `gone status GET /webhooks/{webhookSubscriptionId} 404 at ${inPath}/get/responses/404: application/json { message: string } → absent`,
    ],
  },
  {
    title: 'a property that is still required',
    change: (d) => {
      delete schemas(d).Log.properties.payload;
    },
    finds: ['gone type payload at #/components/schemas/Delivery/allOf/1/properties/payload/type: string → absent'],
  },
  {
    title: 'a property',
    change: (d) => {
      delete schemas(d).CreateInput.properties.customHeaders;
      schemas(d).CreateInput.required.pop();
    },
    finds: [`gone property customHeaders at ${create}/properties/customHeaders: required { [key]: string } → absent`],
  },
  {
    title: 'the need of a property',
    change: (d) => {
      schemas(d).CreateInput.required.pop();
    },
    finds: [`gone required property customHeaders at ${create}/required: customHeaders → absent`],
  },
  {
    title: 'null',
    change: (d) => {
      delete schemas(d).Subscription.properties.note.nullable;
    },
    finds: ['gone nullability note at #/components/schemas/WebhookSubscription/properties/note: nullable → absent'],
  },
  {
    title: 'an event type',
    change: (d) => replaceInLists(d, 'AgentBannedIp, ', ''),
    finds: ['gone event type AgentBannedIp at #/components/schemas/WebhookEventType/enum: AgentBannedIp → absent'],
  },
  {
    title: 'an event type from one of its lists',
    change: (d) => {
      const { event } = schemas(d).Log.properties;
      event.description = event.description.replace('AgentBannedIp, ', '');
    },
    finds: [
      'gone event type AgentBannedIp at #/components/schemas/Delivery/allOf/1/properties/event: AgentBannedIp → absent',
    ],
  },
  {
    title: 'a filter field',
    change: (d) => replaceInLists(d, 'QueueId, ', ''),
    finds: ['gone filter field QueueId at #/components/schemas/FilterField/enum: QueueId → absent'],
  },
];
