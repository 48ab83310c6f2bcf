import { type Seed, schemas } from './seed.js';

const subscription = '#/components/schemas/WebhookSubscription';
const create = '#/components/schemas/CreateWebhookSubscription';

/** What the schemas of upstream have and those of the contract lack. */
export const newInSchemas: Seed[] = [
  {
    title: 'a property',
    change: (d) => {
      schemas(d).Subscription.properties.lastError = { type: 'object', properties: { at: { type: 'string' } } };
    },
    finds: [`new property lastError at ${subscription}/properties/lastError: absent → optional { at?: string }`],
  },
  {
    title: 'a property of many values, which are counted',
    change: (d) => {
      schemas(d).Subscription.properties.state = { type: 'string', enum: [...'abcdefghi'] };
    },
    finds: [`new property state at ${subscription}/properties/state: absent → optional one of 9 values`],
  },
  {
    title: 'a property with its limits',
    change: (d) => {
      schemas(d).Subscription.properties.code = { type: 'string', format: 'hex', not: { maxLength: 3 } };
    },
    finds: [
      `new property code at ${subscription}/properties/code: absent → optional string (hex, not {"maxLength":3})`,
    ],
  },
  {
    title: 'a property that is one of several, with what stands beside the union',
    change: (d) => {
      schemas(d).Subscription.properties.owner = {
        properties: { id: { type: 'string' } },
        oneOf: [{ title: 'Agent' }, { title: 'Team' }],
      };
    },
    finds: [
      `new property owner at ${subscription}/properties/owner: absent → optional (Agent | Team) & { id?: string }`,
    ],
  },
  {
    title: 'a property of a member that had none',
    change: (d) => {
      schemas(d).NoAuth.properties = { hint: { type: 'string' } };
    },
    finds: ['new property hint at #/components/schemas/NoAuth/properties/hint: absent → optional string'],
  },
  {
    title: 'a required property',
    change: (d) => {
      schemas(d).CreateInput.required.push('events');
    },
    finds: [`new required property events at ${create}/required: absent → events`],
  },
  {
    title: 'a required property that upstream does not declare',
    change: (d) => {
      schemas(d).CreateInput.required.push('owner');
    },
    finds: [`new property owner at ${create}/properties/owner: absent → required anything`],
  },
  {
    title: 'a required property beside a reference',
    change: (d) => {
      schemas(d).Subscription.properties.filters.nullable = true;
      d.paths['/beta/webhooks'].post.requestBody.content['application/json'].schema.required = ['events'];
    },
    finds: [
      `new nullability filters at ${subscription}/properties/filters: absent → nullable`,
      `new required property events at ${create}/required: absent → events`,
    ],
  },
  {
    title: 'null, as OpenAPI 3.0 writes it',
    change: (d) => {
      schemas(d).Subscription.properties.url.nullable = true;
    },
    finds: [`new nullability url at ${subscription}/properties/url: absent → nullable`],
  },
  {
    title: 'null, as OpenAPI 3.1 writes it',
    change: (d) => {
      d.openapi = '3.1.0';
      schemas(d).Subscription.properties.filters = {
        anyOf: [schemas(d).Subscription.properties.filters, { type: 'null' }],
      };
    },
    finds: [`new nullability filters at ${subscription}/properties/filters: absent → nullable`],
  },
];
