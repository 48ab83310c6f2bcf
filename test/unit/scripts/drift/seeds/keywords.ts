import { replaceInLists } from '../small-documents.js';
import { type Seed, schemas } from './seed.js';

const values = '#/components/schemas/FilterValues';
const url = '#/components/schemas/CreateWebhookSubscription/properties/url';
const responseCode = '#/components/schemas/DeliveryDetail/properties/responseCode';

/** Keywords of schemas that upstream writes otherwise, or that the contract knows nothing of. */
export const keywords: Seed[] = [
  {
    title: 'a format',
    change: (d) => {
      schemas(d).Log.properties.responseCode.format = 'int64';
    },
    finds: [`changed format responseCode at ${responseCode}/format: int32 → int64`],
  },
  {
    title: 'a type, and nothing that follows from it',
    change: (d) => {
      schemas(d).Log.properties.responseCode = { type: 'string', description: 'values: [a, b]', minLength: 3 };
    },
    finds: [`changed type responseCode at ${responseCode}/type: integer → string`],
  },
  {
    title: 'that any type will do, and nothing that follows from it',
    change: (d) => {
      schemas(d).Subscription.properties.headers = {};
    },
    finds: ['gone type headers at #/components/schemas/WebhookSubscription/properties/headers/type: object → absent'],
  },
  {
    title: 'that any type will do, and a limit none the less',
    change: (d) => {
      schemas(d).Log.properties.responseCode = { format: 'int64' };
    },
    finds: [
      `gone type responseCode at ${responseCode}/type: integer → absent`,
      `changed format responseCode at ${responseCode}/format: int32 → int64`,
    ],
  },
  ...(
    [
      ['minItems', 1, 2],
      ['maxItems', 'absent', 100],
      ['uniqueItems', 'absent', true],
      ['prefixItems', 'absent', [{ type: 'integer' }]],
      ['contains', 'absent', { const: 'x' }],
    ] as const
  ).map(
    ([keyword, contract, upstream]): Seed => ({
      title: keyword,
      change: (d) => {
        for (const name of ['IsOneOf5', 'IsNotOneOf5']) schemas(d)[name].properties.values[keyword] = upstream;
      },
      finds: [
        `${contract === 'absent' ? 'new' : 'changed'} ${keyword} values at ${values}/${keyword}: ${contract} → ${JSON.stringify(upstream)}`,
      ],
    }),
  ),
  ...Object.entries({
    pattern: ['^https:'],
    maxLength: [2048],
    minLength: [8],
    deprecated: [true],
    writeOnly: [true],
    default: ['https://example.com'],
    contentEncoding: ['base64'],
    contentMediaType: ['text/plain'],
    not: [{ pattern: '^a', maxLength: 1 }, '{"maxLength":1,"pattern":"^a"}'],
    if: [{ maxLength: 9 }, '{"maxLength":9}'],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: [{ format: 'uri' }, '{"format":"uri"}'],
    else: [false],
    newlyInvented: [['x'], '["x"]'],
  }).map(
    ([keyword, [upstream, said = upstream]]): Seed => ({
      title: keyword,
      change: (d) => {
        schemas(d).CreateInput.properties.url[keyword] = upstream;
      },
      finds: [`new ${keyword} url at ${url}/${keyword}: absent → ${said}`],
    }),
  ),
  ...Object.entries({
    patternProperties: [{ '^x': { type: 'string' } }, '{"^x":{"type":"string"}}'],
    propertyNames: [{ maxLength: 9 }, '{"maxLength":9}'],
    dependentRequired: [{ a: ['b'] }, '{"a":["b"]}'],
    minProperties: [1],
  }).map(
    ([keyword, [upstream, said = upstream]]): Seed => ({
      title: keyword,
      change: (d) => {
        schemas(d).CombinedFilters[keyword] = upstream;
      },
      finds: [`new ${keyword} filters{} at #/components/schemas/CombinedFilters/${keyword}: absent → ${said}`],
    }),
  ),
  {
    title: 'that an array may hold anything',
    change: (d) => {
      for (const name of ['IsOneOf5', 'IsNotOneOf5']) delete schemas(d)[name].properties.values.items;
    },
    finds: [`gone items values[] at ${values}/items: string → absent`],
  },
  {
    title: 'limits that hold together',
    change: (d) => {
      schemas(d).CreateInput.properties.url = { type: 'string', allOf: [{ pattern: 'b' }, { pattern: 'a' }] };
    },
    finds: [`new pattern url at ${url}/pattern: absent → a and b`],
  },
  {
    title: 'a limit that excludes itself, as OpenAPI 3.0 writes it',
    change: (d) => {
      Object.assign(schemas(d).Log.properties.responseCode, { minimum: 99, exclusiveMinimum: true });
    },
    finds: [`new exclusiveMinimum responseCode at ${responseCode}/exclusiveMinimum: absent → 99`],
  },
  {
    title: 'a default in prose',
    change: (d) => replaceInLists(d, 'Default is `true`', 'Default is `false`'),
    finds: [
      'changed default enabled at #/components/schemas/CreateWebhookSubscription/properties/enabled/default: true → false',
    ],
  },
  {
    title: 'a schema that nothing fits',
    change: (d) => {
      for (const name of ['IsOneOf5', 'IsNotOneOf5']) schemas(d)[name].properties.values.items = false;
      schemas(d).CreateInput.properties.url = false;
    },
    finds: [
      `changed type values[] at ${values}/items/type: string → never`,
      `changed type url at ${url}/type: string → never`,
    ],
  },
];
