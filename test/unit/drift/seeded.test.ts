import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { explain } from '../../../scripts/lib/drift/explain.js';
import { readLedger } from '../../../scripts/lib/drift/ledger.js';
import { temporaryProject } from '../generate.project.js';
import { type Document, driftFrom, ours as project, replaceInLists, upstreamDocument } from './upstream.js';

/** What must be found: `[change, subject, name, pointer in the contract, what the contract says, what upstream says]`. */
type Expected = readonly [string, string, string, string, unknown, unknown];

interface Seed {
  readonly title: string;
  /** Changes the document, or gives another. */
  readonly change: (document: Document) => unknown;
  readonly finds: readonly Expected[];
  /** The entries that the change makes useless, with their places. */
  readonly stale?: readonly string[];
}

const byId = '/beta/webhooks/{webhookSubscriptionId}';
const ours = {
  list: '#/paths/~1webhooks/get',
  create: '#/paths/~1webhooks/post',
  get: '#/paths/~1webhooks~1{webhookSubscriptionId}/get',
  delete: '#/paths/~1webhooks~1{webhookSubscriptionId}/delete',
  schemas: '#/components/schemas',
} as const;
const eventTypes = `${ours.schemas}/WebhookEventType/enum`;
const schemas = (document: Document) => document.components.schemas;
const json = (schema: object) => ({ 'application/json': { schema } });

const newUpstream: Seed[] = [
  {
    title: 'an operation',
    change: (d) => {
      d.paths[`${byId}/test`] = { post: { responses: { 204: { description: '' }, 400: { description: '' } } } };
    },
    finds: [
      [
        'new',
        'operation',
        'POST /webhooks/{webhookSubscriptionId}/test',
        '#/paths/~1webhooks~1{webhookSubscriptionId}~1test/post',
        'absent',
        '204 400',
      ],
    ],
  },
  {
    title: 'an operation elsewhere that is tagged as one of webhooks',
    change: (d) => {
      d.paths['/beta/signing-keys'] = { get: { tags: ['Webhooks'], responses: { 200: { description: '' } } } };
    },
    finds: [['new', 'operation', 'GET /signing-keys', '#/paths/~1signing-keys/get', 'absent', '200']],
  },
  {
    title: 'a parameter',
    change: (d) => {
      d.paths['/beta/webhooks'].get.parameters = [{ name: 'pageLimit', in: 'query', schema: { type: 'integer' } }];
    },
    finds: [
      [
        'new',
        'parameter',
        'query pageLimit of GET /webhooks',
        `${ours.list}/parameters`,
        'absent',
        'query pageLimit, optional integer',
      ],
    ],
  },
  {
    title: 'a parameter of a whole path',
    change: (d) => {
      d.components.parameters = {
        Dry: { name: 'X-Dry-Run', in: 'header', required: true, schema: { type: 'boolean' } },
      };
      d.paths[`${byId}/delivery-status`].parameters = [{ $ref: '#/components/parameters/Dry' }];
    },
    finds: [
      [
        'new',
        'parameter',
        'header X-Dry-Run of GET /webhooks/{webhookSubscriptionId}/delivery-status',
        '#/paths/~1webhooks~1{webhookSubscriptionId}~1delivery-status/get/parameters',
        'absent',
        'header X-Dry-Run, required boolean',
      ],
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
      [
        'new',
        'request body',
        'body of DELETE /webhooks/{webhookSubscriptionId}',
        `${ours.delete}/requestBody`,
        'absent',
        'application/json { reason?: string }',
      ],
    ],
  },
  {
    title: 'a media type',
    change: (d) => {
      d.paths['/beta/webhooks'].post.requestBody.content['application/xml'] = { schema: { type: 'object' } };
    },
    finds: [
      [
        'new',
        'media type',
        'application/xml of body of POST /webhooks',
        `${ours.create}/requestBody/content/application~1xml`,
        'absent',
        'application/xml',
      ],
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
      [
        'new',
        'status',
        '409 of POST /webhooks',
        `${ours.create}/responses/409`,
        'absent',
        'application/json { message: string }',
      ],
    ],
  },
  {
    title: 'a header',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[200].headers = { 'X-Total': { schema: { type: 'integer' } } };
    },
    finds: [
      [
        'new',
        'header',
        'X-Total of GET /webhooks 200',
        `${ours.list}/responses/200/headers/X-Total`,
        'absent',
        'X-Total',
      ],
    ],
  },
  {
    title: 'a property',
    change: (d) => {
      schemas(d).Subscription.properties.lastError = { type: 'object', properties: { at: { type: 'string' } } };
    },
    finds: [
      [
        'new',
        'property',
        'lastError',
        `${ours.schemas}/WebhookSubscription/properties/lastError`,
        'absent',
        'optional { at?: string }',
      ],
    ],
  },
  {
    title: 'a property of a member that had none',
    change: (d) => {
      schemas(d).NoAuth.properties = { hint: { type: 'string' } };
    },
    finds: [['new', 'property', 'hint', `${ours.schemas}/NoAuth/properties/hint`, 'absent', 'optional string']],
  },
  {
    title: 'a required property',
    change: (d) => {
      schemas(d).CreateInput.required.push('events');
    },
    finds: [
      ['new', 'required property', 'events', `${ours.schemas}/CreateWebhookSubscription/required`, 'absent', 'events'],
    ],
  },
  {
    title: 'a member of a union',
    change: (d) => {
      schemas(d).OAuth7 = {
        title: 'OAuth',
        type: 'object',
        required: ['token'],
        properties: { token: { type: 'string' } },
      };
      schemas(d).Authorization.oneOf.push({ $ref: '#/components/schemas/OAuth7' });
    },
    finds: [
      [
        'new',
        'union member',
        'OAuth',
        `${ours.schemas}/WebhookAuthorization/oneOf`,
        'absent',
        'OAuth { token: string }',
      ],
    ],
  },
  {
    title: 'a second member of what was a union of one',
    change: (d) => {
      schemas(d).Filters1.oneOf.push({ title: 'SavedFilter', type: 'object', properties: { id: { type: 'string' } } });
    },
    finds: [
      [
        'new',
        'union member',
        'SavedFilter',
        `${ours.schemas}/CombinedFilters/oneOf`,
        'absent',
        'SavedFilter { id?: string }',
      ],
    ],
  },
  {
    title: 'an event type, once though seven lists have it',
    change: (d) => replaceInLists(d, 'AgentBannedIp,', 'AgentBannedIp, ConversationSummarised,'),
    finds: [['new', 'event type', 'ConversationSummarised', eventTypes, 'absent', 'ConversationSummarised']],
  },
  {
    title: 'an event type in one list only',
    change: (d) => {
      schemas(d).Status.properties.event.description =
        `${schemas(d).Status.properties.event.description.slice(0, -1)}, X]`;
    },
    finds: [['new', 'event type', 'X', eventTypes, 'absent', 'X']],
  },
  {
    title: 'an event type that only the ledger explained',
    change: (d) => replaceInLists(d, 'AgentBannedIp,', 'AgentBannedIp, ConversationTranscriptionAdded,'),
    finds: [],
    stale: [`transcription-added ${eventTypes}`],
  },
  {
    title: 'a filter field, once though two conditions have it',
    change: (d) => replaceInLists(d, 'QueueId,', 'QueueId, Tag,'),
    finds: [['new', 'filter field', 'Tag', `${ours.schemas}/FilterField/enum`, 'absent', 'Tag']],
  },
  {
    title: 'a value of another enum',
    change: (d) => replaceInLists(d, '[Any, All]', '[Any, All, None]'),
    finds: [
      ['new', 'enum value', 'None', `${ours.schemas}/CombinedFilters/properties/strategy/enum`, 'absent', 'None'],
    ],
  },
  {
    title: 'null, as OpenAPI 3.0 writes it',
    change: (d) => {
      schemas(d).Subscription.properties.url.nullable = true;
    },
    finds: [['new', 'nullability', 'url', `${ours.schemas}/WebhookSubscription/properties/url`, 'absent', 'nullable']],
  },
  {
    title: 'null, as OpenAPI 3.1 writes it',
    change: (d) => {
      d.openapi = '3.1.0';
      schemas(d).Subscription.properties.filters = {
        anyOf: [schemas(d).Subscription.properties.filters, { type: 'null' }],
      };
    },
    finds: [
      ['new', 'nullability', 'filters', `${ours.schemas}/WebhookSubscription/properties/filters`, 'absent', 'nullable'],
    ],
  },
  {
    title: 'a server',
    change: (d) => {
      d.servers.push({ url: 'https://eu.dixa.io/' });
    },
    finds: [['new', 'server', 'https://eu.dixa.io/beta', '#/servers', 'absent', 'https://eu.dixa.io/beta']],
  },
];

const gone: Seed[] = [
  {
    title: 'a header of a status that upstream declares now',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[429] = d.paths['/beta/webhooks'].get.responses[400];
    },
    finds: [
      [
        'gone',
        'header',
        'Retry-After of GET /webhooks 429',
        '#/components/responses/TooManyRequests/headers/Retry-After',
        'Retry-After',
        'absent',
      ],
    ],
    stale: [`rate-limit-is-exceeded ${ours.list}/responses/429`],
  },
  {
    title: 'an operation, whose ledger entries then say nothing wrong',
    change: (d) => {
      delete d.paths[byId].delete;
    },
    finds: [
      [
        'gone',
        'operation',
        'DELETE /webhooks/{webhookSubscriptionId}',
        ours.delete,
        '204 400 401 404 429 500',
        'absent',
      ],
    ],
  },
  {
    title: 'a parameter',
    change: (d) => {
      d.paths[byId].get.parameters = [];
    },
    finds: [
      [
        'gone',
        'parameter',
        'path webhookSubscriptionId of GET /webhooks/{webhookSubscriptionId}',
        '#/components/parameters/WebhookSubscriptionId',
        'path webhookSubscriptionId, required string (uuid)',
        'absent',
      ],
    ],
  },
  {
    title: 'a request body',
    change: (d) => {
      delete d.paths[byId].patch.requestBody;
    },
    finds: [
      [
        'gone',
        'request body',
        'body of PATCH /webhooks/{webhookSubscriptionId}',
        '#/paths/~1webhooks~1{webhookSubscriptionId}/patch/requestBody',
        'application/json { authorization?: BasicAuth | NoAuth | TokenAuth; customHeaders?: CustomHeaders; enabled?: boolean; events?: (one of 33 values)[]; filters?: WebhookFilters; name?: string; url?: string }',
        'absent',
      ],
    ],
  },
  {
    title: 'a status',
    change: (d) => {
      delete d.paths[byId].get.responses[404];
    },
    finds: [
      [
        'gone',
        'status',
        '404 of GET /webhooks/{webhookSubscriptionId}',
        `${ours.get}/responses/404`,
        'application/json { message: string }',
        'absent',
      ],
    ],
  },
  {
    title: 'a property',
    change: (d) => {
      delete schemas(d).Log.properties.payload;
    },
    finds: [
      [
        'gone',
        'property',
        'payload',
        `${ours.schemas}/EventDeliveryLog/properties/payload`,
        'required string',
        'absent',
      ],
    ],
  },
  {
    title: 'the need of a property',
    change: (d) => {
      schemas(d).CreateInput.required.pop();
    },
    finds: [
      [
        'gone',
        'required property',
        'customHeaders',
        `${ours.schemas}/CreateWebhookSubscription/required`,
        'customHeaders',
        'absent',
      ],
    ],
  },
  {
    title: 'a member of a union',
    change: (d) => {
      schemas(d).Authorization.oneOf.pop();
    },
    finds: [
      [
        'gone',
        'union member',
        'BasicAuth',
        `${ours.schemas}/WebhookAuthorization/oneOf`,
        'BasicAuth { _type: "BasicAuth"; password: string; username: string }',
        'absent',
      ],
    ],
  },
  {
    title: 'an event type',
    change: (d) => replaceInLists(d, 'AgentBannedIp, ', ''),
    finds: [['gone', 'event type', 'AgentBannedIp', eventTypes, 'AgentBannedIp', 'absent']],
  },
  {
    title: 'an event type from one of its lists',
    change: (d) => {
      const { event } = schemas(d).Status.properties;
      event.description = event.description.replace('AgentBannedIp, ', '');
    },
    finds: [
      [
        'gone',
        'event type',
        'AgentBannedIp',
        `${ours.schemas}/EventDeliveryStatus/properties/event`,
        'AgentBannedIp',
        'absent',
      ],
    ],
  },
  {
    title: 'a filter field',
    change: (d) => replaceInLists(d, 'QueueId, ', ''),
    finds: [['gone', 'filter field', 'QueueId', `${ours.schemas}/FilterField/enum`, 'QueueId', 'absent']],
  },
];

const changed: Seed[] = [
  {
    title: 'a format',
    change: (d) => {
      schemas(d).DeliveryDetail.properties.responseCode.format = 'int64';
    },
    finds: [['changed', 'format', 'responseCode', `${ours.schemas}/DeliveryResponseCode/format`, 'int32', 'int64']],
  },
  {
    title: 'a type, and nothing that follows from it',
    change: (d) => {
      schemas(d).DeliveryDetail.properties.responseCode = {
        type: 'string',
        description: 'values: [a, b]',
        minLength: 3,
      };
    },
    finds: [['changed', 'type', 'responseCode', `${ours.schemas}/DeliveryResponseCode/type`, 'integer', 'string']],
  },
  ...(
    [
      ['minItems', 1, 2],
      ['maxItems', 'absent', 100],
      ['uniqueItems', 'absent', true],
    ] as const
  ).map(
    ([keyword, contract, upstream]): Seed => ({
      title: keyword,
      change: (d) => {
        for (const name of ['IsOneOf5', 'IsNotOneOf5']) schemas(d)[name].properties.values[keyword] = upstream;
      },
      finds: [['changed', keyword, 'values', `${ours.schemas}/FilterValues/${keyword}`, contract, upstream]],
    }),
  ),
  ...(
    [
      ['pattern', '^https:'],
      ['maxLength', 2048],
      ['minLength', 8],
      ['deprecated', true],
      ['writeOnly', true],
      ['default', 'https://example.com'],
    ] as const
  ).map(
    ([keyword, upstream]): Seed => ({
      title: keyword,
      change: (d) => {
        schemas(d).CreateInput.properties.url[keyword] = upstream;
      },
      finds: [
        [
          'changed',
          keyword,
          'url',
          `${ours.schemas}/CreateWebhookSubscription/properties/url/${keyword}`,
          'absent',
          upstream,
        ],
      ],
    }),
  ),
  {
    title: 'a limit that excludes itself, as OpenAPI 3.0 writes it',
    change: (d) => {
      Object.assign(schemas(d).DeliveryDetail.properties.responseCode, { minimum: 99, exclusiveMinimum: true });
    },
    finds: [
      [
        'changed',
        'exclusiveMinimum',
        'responseCode',
        `${ours.schemas}/DeliveryResponseCode/exclusiveMinimum`,
        'absent',
        99,
      ],
    ],
  },
  {
    title: 'a default in prose',
    change: (d) => replaceInLists(d, 'Default is `true`', 'Default is `false`'),
    finds: [
      [
        'changed',
        'default',
        'enabled',
        `${ours.schemas}/CreateWebhookSubscription/properties/enabled/default`,
        true,
        false,
      ],
    ],
  },
  {
    title: 'what a map holds',
    change: (d) => {
      schemas(d).Map_String.additionalProperties = { type: 'integer' };
    },
    finds: [
      [
        'changed',
        'type',
        'headers{}',
        `${ours.schemas}/WebhookSubscription/properties/headers/additionalProperties/type`,
        'string',
        'integer',
      ],
      [
        'changed',
        'type',
        'customHeaders{}',
        `${ours.schemas}/CustomHeaders/additionalProperties/type`,
        'string',
        'integer',
      ],
    ],
  },
  {
    title: 'that an object is closed which is read',
    change: (d) => {
      schemas(d).Log.additionalProperties = false;
    },
    finds: [
      [
        'changed',
        'additionalProperties',
        'data[]',
        `${ours.schemas}/EventDeliveryLog/additionalProperties`,
        'absent',
        false,
      ],
    ],
  },
  {
    title: 'that an object is closed which the contract had closed already',
    change: (d) => {
      schemas(d).PatchInput.additionalProperties = false;
    },
    finds: [],
    stale: [`sent-objects-are-closed ${ours.schemas}/UpdateWebhookSubscription/additionalProperties`],
  },
  {
    title: 'that a body may be left out',
    change: (d) => {
      delete d.paths[byId].patch.requestBody.required;
    },
    finds: [
      [
        'changed',
        'required',
        'body of PATCH /webhooks/{webhookSubscriptionId}',
        '#/paths/~1webhooks~1{webhookSubscriptionId}/patch/requestBody/required',
        true,
        'absent',
      ],
    ],
  },
  {
    title: 'that an operation is deprecated',
    change: (d) => {
      d.paths['/beta/webhooks'].get.deprecated = true;
    },
    finds: [['changed', 'deprecated', 'GET /webhooks', `${ours.list}/deprecated`, 'absent', true]],
  },
  {
    title: 'the name of a parameter in a path',
    change: (d) => replaceInLists(d, 'webhookSubscriptionId', 'subscriptionId'),
    finds: [
      [
        'changed',
        'name',
        'path webhookSubscriptionId',
        '#/components/parameters/WebhookSubscriptionId/name',
        'webhookSubscriptionId',
        'subscriptionId',
      ],
    ],
  },
  {
    title: 'how all operations are authenticated, once',
    change: (d) => {
      d.components.securitySchemes.Key = { type: 'http', scheme: 'bearer' };
    },
    finds: [['changed', 'security', 'GET /webhooks', '#/security', 'apiKey header Authorization', 'http bearer']],
  },
  {
    title: 'the list of an enum, which is no longer there',
    change: (d) => {
      delete schemas(d).CombinedFilters.properties.strategy.description;
    },
    finds: [
      ['changed', 'enum', 'strategy', `${ours.schemas}/CombinedFilters/properties/strategy`, 'All | Any', 'absent'],
    ],
  },
  {
    title: 'that a status is declared which only the ledger explained',
    change: (d) => {
      d.paths['/beta/webhooks'].get.responses[401] = structuredClone(d.paths['/beta/webhooks'].get.responses[400]);
    },
    finds: [],
    stale: [`gateway-refuses-a-token ${ours.list}/responses/401`],
  },
  {
    title: 'that `_type` is declared, and with another value than ours',
    change: (d) => {
      Object.assign(schemas(d).TokenAuth2, {
        required: ['_type', 'value'],
        properties: { _type: { type: 'string', enum: ['TokenAuth', 'Token'] }, value: { type: 'string' } },
      });
    },
    finds: [['new', 'enum value', 'Token', `${ours.schemas}/TokenAuth/properties/_type/const`, 'absent', 'Token']],
    stale: [`type-property ${ours.schemas}/TokenAuth/properties/_type`],
  },
];

describe.each([
  ['new upstream', newUpstream],
  ['gone upstream', gone],
  ['changed upstream', changed],
])('%s', (_, seeds) => {
  it.each(seeds.map((seed) => [seed.title, seed] as const))(
    'finds %s, and nothing else',
    (_title, { change, finds, stale }) => {
      const document = upstreamDocument();
      const report = driftFrom(change(document) ?? document);
      const found = report.unexplained.map(({ change, subject, name, contract, upstream }) => {
        return [change, subject, name, contract.pointer, contract.says, upstream.says];
      });
      expect(found).toEqual(finds);
      expect(report.stale.map(({ entry, pointer }) => `${entry} ${pointer}`)).toEqual(stale ?? []);
      for (const finding of report.unexplained) {
        expect(finding.toDo).toMatch(/ledger entry/);
        expect(finding.contract.line).toBeGreaterThan(1);
        expect(finding.upstream.pointers).not.toHaveLength(0);
      }
    },
  );
});

it('prints what a ledger entry needs: entries so written fit the contract, and explain every finding', {
  timeout: 60_000,
}, async () => {
  const reports = [...newUpstream, ...gone, ...changed].map(({ change }) => {
    const document = upstreamDocument();
    return driftFrom(change(document) ?? document);
  });
  const entries = reports
    .flatMap(({ unexplained }) => unexplained)
    .map(({ contract, upstream }, index) => {
      const { pointer, says } = contract;
      const rest = { why: 'It was written as drift printed it.', evidence: 'inferred' };
      return { id: `entry-${index}`, pointer, contract: says, upstream: upstream.says, ...rest };
    });
  const { contract } = project;
  const folder = await temporaryProject();
  await writeFile(join(folder, 'openapi/curation.yaml'), stringify(entries));
  const written = readLedger(folder, contract).entries;
  expect(written).toHaveLength(entries.length);
  for (const { unexplained } of reports) {
    expect(explain(written, contract, { findings: unexplained, places: new Set() }).unexplained).toEqual([]);
  }
});
