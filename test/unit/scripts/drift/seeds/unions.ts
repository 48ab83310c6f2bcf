import { type Seed, schemas } from './seed.js';

const members = ['BasicAuth', 'TokenAuth', 'NoAuth'];
const at = (member: string) => `#/components/schemas/${member}`;
const ofEach = (find: (member: string) => string) => members.map(find);

/** What changes in a union, beside it, or into one. */
export const unions: Seed[] = [
  {
    title: 'a new member',
    change: (d) => {
      schemas(d).OAuth7 = {
        title: 'OAuth',
        type: 'object',
        required: ['token'],
        properties: { token: { type: 'string' } },
      };
      schemas(d).Authorization.oneOf.push({ $ref: '#/components/schemas/OAuth7' });
    },
    finds: [`new union member OAuth at ${at('WebhookAuthorization')}/oneOf: absent → OAuth { token: string }`],
  },
  {
    title: 'a second member of what was a union of one',
    change: (d) => {
      schemas(d).Filters1.oneOf.push({ title: 'SavedFilter', type: 'object', properties: { id: { type: 'string' } } });
    },
    finds: [`new union member SavedFilter at ${at('CombinedFilters')}/oneOf: absent → SavedFilter { id?: string }`],
  },
  {
    title: 'a second member, and a property beside the union for both',
    change: (d) => {
      schemas(d).Filters1.oneOf.push({ title: 'SavedFilter', type: 'object' });
      schemas(d).Filters1.properties = { label: { type: 'string' } };
    },
    finds: [
      `new property label at ${at('CombinedFilters')}/properties/label: absent → optional string`,
      `new union member SavedFilter at ${at('CombinedFilters')}/oneOf: absent → SavedFilter { label?: string }`,
    ],
  },
  {
    title: 'a union of others than the one that it was',
    change: (d) => {
      schemas(d).Log.properties.payload = { oneOf: [{ title: 'Old', type: 'object' }, { type: 'integer' }] };
    },
    finds: [`changed union payload at ${at('Delivery')}/allOf/1/properties/payload: string → Old | integer`],
  },
  {
    title: 'a member that is gone',
    change: (d) => {
      schemas(d).Authorization.oneOf.pop();
    },
    finds: [
      `gone union member BasicAuth at ${at('WebhookAuthorization')}/oneOf: BasicAuth { _type: "BasicAuth"; password: string; username: string } → absent`,
    ],
  },
  {
    title: 'a property beside it',
    change: (d) => {
      schemas(d).Authorization.properties = { realm: { type: 'string' } };
    },
    finds: ofEach((name) => `new property realm at ${at(name)}/properties/realm: absent → optional string`),
  },
  {
    title: 'a required property beside it',
    change: (d) => {
      Object.assign(schemas(d).Authorization, { type: 'object', required: ['realm'] });
    },
    finds: ofEach((name) => `new property realm at ${at(name)}/properties/realm: absent → required anything`),
  },
  {
    title: 'a required property of its members in an allOf beside it',
    change: (d) => {
      schemas(d).NoAuth.properties = { hint: { type: 'string' } };
      schemas(d).Authorization = { allOf: [{ required: ['hint'] }, schemas(d).Authorization] };
    },
    finds: [
      `new property hint at ${at('BasicAuth')}/properties/hint: absent → required anything`,
      `new property hint at ${at('TokenAuth')}/properties/hint: absent → required anything`,
      `new property hint at ${at('NoAuth')}/properties/hint: absent → required string`,
    ],
  },
  {
    title: 'that it is closed beside it',
    change: (d) => {
      schemas(d).Condition1.additionalProperties = false;
    },
    finds: ['IsOneOf', 'IsNotOneOf'].map(
      (name) => `new additionalProperties ${name} at ${at(name)}/additionalProperties: absent → false`,
    ),
  },
  {
    title: 'a limit beside it',
    change: (d) => {
      schemas(d).Condition1.maxProperties = 2;
    },
    finds: ['IsOneOf', 'IsNotOneOf'].map(
      (name) => `new maxProperties ${name} at ${at(name)}/maxProperties: absent → 2`,
    ),
  },
  {
    title: 'a second union beside it',
    change: (d) => {
      schemas(d).Condition1.anyOf = [{ required: ['a'] }, { required: ['b'] }];
    },
    finds: ['IsOneOf', 'IsNotOneOf'].map(
      (name) =>
        `changed union ${name} at ${at(name)}: { field: "InitialChannel" | "QueueId"; values: string[] } → ({"required":["a"]} | {"required":["b"]}) & { field: "InitialChannel" | "QueueId"; values: string[] }`,
    ),
  },
  {
    title: 'that it is deprecated and may be null, once',
    change: (d) => {
      Object.assign(schemas(d).Authorization, { deprecated: true, nullable: true });
    },
    finds: [
      `new nullability authorization at ${at('CreateWebhookSubscription')}/properties/authorization: absent → nullable`,
      `new deprecated authorization at ${at('WebhookAuthorization')}/deprecated: absent → true`,
      `new nullability authorization at ${at('UpdateWebhookSubscription')}/properties/authorization: absent → nullable`,
    ],
  },
  {
    title: 'the values that a description beside it lists',
    change: (d) => {
      schemas(d).Log.properties.event = {
        oneOf: [{ type: 'string' }, { title: 'Custom', type: 'object' }],
        description: `${schemas(d).Log.properties.event.description} and values: [X]`,
      };
    },
    finds: [
      `new union member Custom at ${at('ReadEventType')}/oneOf: absent → Custom { … }`,
      'new event type X at #/components/schemas/WebhookEventType/enum: absent → X',
    ],
  },
];
