import { replaceInLists } from '../small-documents.js';
import { byId, type Seed, schemas } from './seed.js';

/** What both sides have, and say different things of. */
export const changedUpstream: Seed[] = [
  {
    title: 'that a body may be left out',
    change: (d) => {
      delete d.paths[byId].patch.requestBody.required;
    },
    finds: [
      'gone required PATCH /webhooks/{webhookSubscriptionId} body at #/paths/~1webhooks~1{webhookSubscriptionId}/patch/requestBody/required: true → absent',
    ],
  },
  {
    title: 'values that are the word for nothing',
    change: (d) => {
      d.components.schemas.CreateInput.properties.name = { type: 'string', default: 'absent' };
    },
    finds: [
      'new default name at #/components/schemas/CreateWebhookSubscription/properties/name/default: absent → "absent"',
    ],
  },
  {
    title: 'that an operation is deprecated, and that it calls back',
    change: (d) => {
      Object.assign(d.paths['/beta/webhooks'].get, { deprecated: true, callbacks: { done: {} } });
    },
    finds: [
      'new deprecated GET /webhooks at #/paths/~1webhooks/get/deprecated: absent → true',
      'new callbacks GET /webhooks at #/paths/~1webhooks/get/callbacks: absent → {"done":{}}',
    ],
  },
  {
    title: 'the servers of a path and of an operation',
    change: (d) => {
      d.paths[byId].servers = [{ url: 'https://eu.dixa.io' }];
      d.paths[byId].delete.servers = [{ url: '/{region}', variables: { region: { enum: ['us', 'eu'] } } }];
    },
    finds: [
      'new servers GET /webhooks/{webhookSubscriptionId} at #/paths/~1webhooks~1{webhookSubscriptionId}/servers: absent → https://eu.dixa.io',
      'new servers DELETE /webhooks/{webhookSubscriptionId} at #/paths/~1webhooks~1{webhookSubscriptionId}/servers: absent → /eu, /us',
    ],
  },
  {
    title: 'the name of a parameter in a path',
    change: (d) => replaceInLists(d, 'webhookSubscriptionId', 'subscriptionId'),
    finds: [
      'changed name GET /webhooks/{webhookSubscriptionId} path webhookSubscriptionId at #/components/parameters/WebhookSubscriptionId/name: webhookSubscriptionId → subscriptionId',
    ],
  },
  {
    title: 'how a parameter is written',
    change: (d) => {
      Object.assign(d.paths[byId].delete.parameters[0], { style: 'label', explode: true, allowReserved: true });
    },
    finds: [
      ['style', 'label'],
      ['explode', 'true'],
      ['allowReserved', 'true'],
    ].map(
      ([key, says]) =>
        `new ${key} DELETE /webhooks/{webhookSubscriptionId} path webhookSubscriptionId at #/components/parameters/WebhookSubscriptionId/${key}: absent → ${says}`,
    ),
  },
  {
    title: 'that a parameter is JSON, and its schema there',
    change: (d) => {
      const [{ schema, ...parameter }] = d.paths[byId].delete.parameters;
      const content = { 'application/json': { schema: { ...schema, format: 'ulid' } } };
      d.paths[byId].delete.parameters = [{ ...parameter, content }];
    },
    finds: [
      'new content DELETE /webhooks/{webhookSubscriptionId} path webhookSubscriptionId at #/components/parameters/WebhookSubscriptionId/content: absent → application/json',
      'changed format DELETE /webhooks/{webhookSubscriptionId} path webhookSubscriptionId at #/components/parameters/WebhookSubscriptionId/schema/format: uuid → ulid',
    ],
  },
  {
    title: 'how the parts of a body are encoded',
    change: (d) => {
      d.paths[byId].patch.requestBody.content['application/json'].encoding = { url: { style: 'form' } };
    },
    finds: [
      'new encoding PATCH /webhooks/{webhookSubscriptionId} body application/json at #/paths/~1webhooks~1{webhookSubscriptionId}/patch/requestBody/content/application~1json/encoding: absent → {"url":{"style":"form"}}',
    ],
  },
  {
    title: 'how all operations are authenticated, once',
    change: (d) => {
      d.components.securitySchemes.Key = { type: 'http', scheme: 'bearer' };
    },
    finds: ['changed security GET /webhooks at #/security: apiKey header Authorization → http bearer'],
  },
  {
    title: 'that a status is declared which only the ledger explained',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[401] = structuredClone(d.paths['/beta/webhooks'].get.responses[400]);
    },
    finds: [],
    stale: ['gateway-refuses-a-token #/paths/~1webhooks/get/responses/401'],
  },
  {
    title: 'that an object is closed which is read',
    change: (d) => {
      schemas(d).Log.additionalProperties = false;
    },
    finds: [
      'new additionalProperties data[] at #/components/schemas/DeliveryDetail/additionalProperties: absent → false',
    ],
  },
  {
    title: 'that an object is closed which the contract had closed already',
    change: (d) => {
      schemas(d).PatchInput.additionalProperties = false;
    },
    finds: [],
    stale: ['sent-objects-are-closed #/components/schemas/UpdateWebhookSubscription/additionalProperties'],
  },
  {
    title: 'what a map holds',
    change: (d) => {
      schemas(d).Map_String.additionalProperties = { type: 'integer' };
    },
    finds: [
      'changed type headers{} at #/components/schemas/WebhookSubscription/properties/headers/additionalProperties/type: string → integer',
      'changed type customHeaders{} at #/components/schemas/CustomHeaders/additionalProperties/type: string → integer',
    ],
  },
  {
    title: 'what a map holds, said in two parts',
    change: (d) => {
      schemas(d).Map_String.allOf = [{ additionalProperties: { format: 'uuid' } }];
    },
    finds: [
      'new format headers{} at #/components/schemas/WebhookSubscription/properties/headers/additionalProperties/format: absent → uuid',
      'new format customHeaders{} at #/components/schemas/CustomHeaders/additionalProperties/format: absent → uuid',
    ],
  },
  {
    title: 'the list of an enum, which is no longer there',
    change: (d) => {
      delete schemas(d).CombinedFilters.properties.strategy.description;
    },
    finds: ['gone enum strategy at #/components/schemas/CombinedFilters/properties/strategy: All | Any → absent'],
  },
  {
    title: 'that `_type` is declared as ours, be it by a const or by an enum of one value',
    change: (d) => {
      Object.assign(schemas(d).NoAuth, { required: ['_type'], properties: { _type: { enum: ['NoAuth'] } } });
      schemas(d).BasicAuth.properties._type = { type: 'string', const: 'BasicAuth' };
      schemas(d).BasicAuth.required.push('_type');
    },
    finds: [],
    stale: ['BasicAuth', 'NoAuth'].map((name) => `type-property #/components/schemas/${name}/properties/_type`),
  },
  {
    title: 'that `_type` is declared, and with another value than ours',
    change: (d) => {
      Object.assign(schemas(d).TokenAuth2, {
        required: ['_type', 'value'],
        properties: { _type: { type: 'string', enum: ['TokenAuth', 'Token'] }, value: { type: 'string' } },
      });
    },
    finds: ['new enum value Token at #/components/schemas/TokenAuth/properties/_type/const: absent → Token'],
    stale: ['type-property #/components/schemas/TokenAuth/properties/_type'],
  },
];
