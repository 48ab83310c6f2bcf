import fc from 'fast-check';
import {
  type CombinedFilters,
  type CreateWebhookSubscription,
  type FilterCondition,
  type FilterField,
  type ReadOnlyProperties,
  type UnknownFilterField,
  type UpdateWebhookSubscription,
  type WebhookAuthorization,
  type WebhookFilters,
  webhookEventTypes,
} from '../../src/client/index.js';

/** An arbitrary for each property: a property that a public type gains does not compile until it stands here. */
type Arbitraries<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> };
type Writable<Body> = Omit<Body, keyof ReadOnlyProperties>;
/** The same for each member of a union. */
type Members<T extends { _type: string }> = { readonly [M in T as M['_type']]: Arbitraries<M> };

const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 });
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  // Includes lone surrogates: strings may contain them, and JSON must preserve them.
  codeUnits.map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', ' ', '"\\\n', '</script>', '__proto__', 'null', '😀', '\u2028', 'x'.repeat(5_000)),
);

// The client refuses invalid URLs and header values.
const url = text.map((end) => `https://example.com/${end.replaceAll(/\s/g, '')}`);
const header = text.map((value) => value.replaceAll(/[\r\n]/g, ''));

const absentOr = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const oneOfMembers = <T extends { _type: string }>(members: Members<T>) =>
  fc.oneof(...Object.values<Arbitraries<T>>(members).map((member) => fc.record(member) as fc.Arbitrary<T>));

const authorization = oneOfMembers<WebhookAuthorization>({
  BasicAuth: {
    _type: fc.constant('BasicAuth'),
    // The client refuses a colon, which would end the user name.
    username: text.map((name) => name.replaceAll(':', '')),
    password: text,
  },
  TokenAuth: { _type: fc.constant('TokenAuth'), value: text },
  NoAuth: { _type: fc.constant('NoAuth') },
});

const knownFields = Object.keys({
  InitialChannel: true,
  QueueId: true,
  OperationOrigin: true,
} satisfies Record<FilterField, true>) as FilterField[];
const field = fc.oneof(fc.constantFrom(...knownFields), text as fc.Arbitrary<UnknownFilterField>);
const values = fc.array(text, { minLength: 1, maxLength: 4 });

const condition = oneOfMembers<FilterCondition>({
  IsOneOf: { _type: fc.constant('IsOneOf'), field, values },
  IsNotOneOf: { _type: fc.constant('IsNotOneOf'), field, values },
});

const combined = fc.record({
  _type: fc.constant('CombinedFilters'),
  strategy: fc.constantFrom('All', 'Any'),
  conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
} satisfies Arbitraries<CombinedFilters>);

const filters: fc.Arbitrary<WebhookFilters> = fc
  .tuple(
    fc.dictionary(text, absentOr(combined), { maxKeys: 2 }),
    fc.record({ Conversation: absentOr(combined) }, { requiredKeys: [] }),
  )
  .map(([others, known]) => ({ ...others, ...known }));

const shared = {
  authorization: absentOr(authorization),
  customHeaders: absentOr(fc.dictionary(text, header, { maxKeys: 4 })),
  enabled: absentOr(fc.boolean()),
  filters: absentOr(filters),
};
const events = fc.shuffledSubarray([...webhookEventTypes]);

const createFields = { ...shared, name: text, url, events } satisfies Arbitraries<Writable<CreateWebhookSubscription>>;
const updateFields = {
  ...shared,
  name: absentOr(text),
  url: absentOr(url),
  events: absentOr(events),
} satisfies Arbitraries<Writable<UpdateWebhookSubscription>>;

/** The properties of each input that may be absent, and are in some of the bodies. */
export const optionalFields = {
  create: ['authorization', 'customHeaders', 'enabled', 'filters'],
  update: Object.keys(updateFields),
} as const;

/** Everything that the type of `create`'s argument allows. */
export const createBodies: fc.Arbitrary<CreateWebhookSubscription> = fc.record(createFields, {
  requiredKeys: ['name', 'url', 'events'],
});

/** Everything that the type of `update`'s argument allows. */
export const updateBodies: fc.Arbitrary<UpdateWebhookSubscription> = fc.record(updateFields, { requiredKeys: [] });
