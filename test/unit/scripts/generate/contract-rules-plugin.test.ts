import { describe, expect, test } from 'vitest';
import { type Document, type Fault, lintPlanted, rulesInConfiguration, rulesOf } from './lint-planted.js';

const named = (name: string) => ({ type: 'object', required: ['_type'], properties: { _type: { const: name } } });
const open = { type: 'object', properties: { a: { type: 'string' } } };
const post = '/webhooks';
const json = 'application/json';

/** Adds a property to the body of the request that creates a subscription. */
const send = (schema: unknown) => (d: Document) => {
  d.components.schemas.CreateWebhookSubscription.properties.planted = schema;
};
/** Adds a property to what is read. */
const read = (schema: unknown) => (d: Document) => {
  d.components.schemas.WebhookSubscription.properties.planted = schema;
};

const faults: Record<string, Record<string, Fault['plant']>> = {
  'contract/sent-is-closed': {
    'at the top': (d) => {
      delete d.components.schemas.UpdateWebhookSubscription.additionalProperties;
    },
    'in a member of a union': (d) => {
      delete d.components.schemas.TokenAuth.additionalProperties;
    },
    'behind a map, a list and a union': (d) => {
      delete d.components.schemas.IsNotOneOf.additionalProperties;
    },
    'a list of anything': send({ type: 'array' }),
    'said to be open': (d) => {
      d.components.schemas.CombinedFilters.additionalProperties = true;
    },
    'in an object written in place': send(open),
    'in a list': send({ type: 'array', items: open }),
    'in an anyOf within an allOf': send({ allOf: [{ anyOf: [{ type: 'string' }, open] }] }),
    'in the values of a map': send({ type: 'object', additionalProperties: open }),
    'a map of just anything': send({ type: 'object', additionalProperties: {} }),
    'a property of just any value': send({ description: 'Anything.' }),
    'in a shared request body': (d) => {
      d.components.requestBodies = { Create: d.paths[post].post.requestBody };
      d.paths[post].post.requestBody = { $ref: '#/components/requestBodies/Create' };
      d.components.schemas.CreateWebhookSubscription.additionalProperties = true;
    },
  },
  'contract/type-names-schema': {
    'at the top': (d) => {
      d.components.schemas.BasicAuth.properties._type.const = 'Basic';
    },
    'in a part of the schema': (d) => {
      d.components.schemas.NoAuth = { type: 'object', additionalProperties: false, allOf: [named('None')] };
    },
    'in a schema written in place': read(named('Planted')),
    'in a list within a property': read({ type: 'object', properties: { list: { type: 'array', items: named('X') } } }),
    'a member that gives no name': (d) => {
      delete d.components.schemas.NoRecentDelivery.properties._type.const;
    },
    'a member that does not require its name': (d) => {
      d.components.schemas.IsOneOf.required = ['field', 'values'];
    },
    'a member written in place': (d) => {
      d.components.schemas.DeliveryStatus.oneOf.push({ type: 'object', properties: {} });
    },
    'a mapping': (d) => {
      d.components.schemas.DeliveryStatus.discriminator.mapping = {
        DeliveryDetail: '#/components/schemas/DeliveryDetail',
      };
    },
  },
  'contract/default-fits-schema': {
    'of another type': (d) => {
      d.components.schemas.CreateWebhookSubscription.properties.enabled.default = 'true';
    },
    'of another type, nested': read({ type: 'array', items: { type: ['integer', 'null'], default: 1.5 } }),
    'not in the enum': (d) => {
      d.components.schemas.CombinedFilters.properties.strategy.default = 'Every';
    },
    'not the constant': (d) => {
      d.components.schemas.NoAuth.properties._type.default = 'None';
    },
  },
  'contract/media-type-has-example': {
    'in a shared response': (d) => {
      delete d.components.responses.Unauthorized.content[json].examples;
    },
    'in a webhook': (d) => {
      delete d.webhooks.TypingStarted.post.requestBody.content[json].examples;
    },
    'in a request, where examples is empty': (d) => {
      d.paths[post].post.requestBody.content[json].examples = {};
    },
  },
  'contract/known-evidence': {
    'an unknown grade of a response': (d) => {
      d.components.responses.Unauthorized['x-evidence'].this = 'obsreved';
    },
    'an unknown grade of a value of an enum': (d) => {
      d.components.schemas.FilterField['x-evidence'].values.InitialChannel.meaning = 'guessed';
    },
    'a value that the enum does not have': (d) => {
      d.components.schemas.FilterField['x-evidence'].values.Queue = { meaning: 'inferred' };
    },
    'values where there is no enum': read({ type: 'string', 'x-evidence': { values: {} } }),
    'what needs no mark, in a webhook': (d) => {
      d.webhooks.TypingStarted.post['x-evidence'].eventFqn = 'documented';
    },
    'an unknown key': (d) => {
      d.webhooks.TypingStarted.post['x-evidence'].event_fqn = 'inferred';
    },
    'a note that is no text': (d) => {
      d.webhooks.AgentBannedIp.post['x-evidence'].note = ['IP'];
    },
    'no object': (d) => {
      d.components.responses.Unauthorized['x-evidence'] = 'observed';
    },
    'another spelling': (d) => {
      d.webhooks.TypingStarted.post['x-event-fqn-evidence'] = 'inferred';
    },
    'in a nested property': read({
      type: 'object',
      properties: { a: { type: 'string', 'x-evidence': { nullable: true } } },
    }),
  },
  'contract/webhook-per-event-type': {
    'an event type without a webhook': (d) => {
      delete d.webhooks.TypingStarted;
    },
    'a webhook without an event type': (d) => {
      d.components.schemas.WebhookEventType.enum.pop();
    },
    'a misspelt webhook': (d) => {
      d.webhooks.TypingStartet = d.webhooks.TypingStarted;
    },
    'no webhooks at all': (d) => {
      delete d.webhooks;
    },
  },
  'contract/webhook-tells-its-event': {
    'no summary': (d) => {
      delete d.webhooks.TypingStarted.post.summary;
    },
    'a summary in sentences': (d) => {
      d.webhooks.TypingStarted.post.summary = 'An agent types.';
    },
    'no name in the payload': (d) => {
      delete d.webhooks.TypingStarted.post['x-event-fqn'];
    },
    'a name in another case': (d) => {
      d.webhooks.TypingStarted.post['x-event-fqn'] = 'typing_started';
    },
    'a name that the receiver would not know': (d) => {
      d.webhooks.TypingStarted.post['x-event-fqn'] = 'TYPING_BEGAN';
    },
    'an example of another event': (d) => {
      d.webhooks.TypingStarted.post.requestBody.content[json].examples.example.value.event_fqn = 'TYPING_START';
    },
    'another operationId': (d) => {
      d.webhooks.TypingStarted.post.operationId = 'typingStarted';
    },
    'no payload': (d) => {
      delete d.webhooks.TypingStarted.post.requestBody;
    },
    'another method': (d) => {
      d.webhooks.TypingStarted = { put: d.webhooks.TypingStarted.post };
    },
    'behind a reference': (d) => {
      d.components.pathItems = { Typing: d.webhooks.TypingStarted };
      d.webhooks.TypingStarted = { $ref: '#/components/pathItems/Typing' };
      d.components.pathItems.Typing.post['x-event-fqn'] = 'TYPING_BEGAN';
    },
  },
  'contract/known-format': {
    'in a parameter': (d) => {
      d.components.parameters.WebhookSubscriptionId.schema.format = 'guid';
    },
    'in a nested property': read({ type: 'array', items: { type: 'string', format: 'date_time' } }),
  },
};

const cases = Object.entries(faults).flatMap(([rule, plants]) =>
  Object.entries(plants).map(([where, plant]) => ({ rule, where, plant })),
);

describe("the contract's own plugin", () => {
  test.each(cases)('$rule: $where', async (fault) => {
    expect(rulesOf(await lintPlanted(fault))).toContain(fault.rule);
  });

  test.each([
    ['an open object that is read', read(open)],
    ['any value that is read', read({ description: 'Anything.' })],
    ['a typed map that is sent', send({ type: 'object', additionalProperties: { type: 'string' } })],
    ['a default that fits', send({ type: ['integer', 'null'], default: null })],
    [
      'each mark',
      read({ enum: ['a'], 'x-evidence': { this: 'unknown', values: { a: { meaning: 'observed', source: 'x' } } } }),
    ],
  ])('%s is accepted', async (_, plant) => {
    expect(await lintPlanted({ plant })).toEqual([]);
  });

  test.each<[string, Fault['plant']]>([
    [
      'webhook',
      (d) => {
        d.webhooks.TypingStarted = { $ref: '#/components/pathItems/Nothing' };
      },
    ],
    [
      'example',
      (d) => {
        const body = d.webhooks.TypingStarted.post.requestBody.content[json];
        body.examples.example = { $ref: '#/components/examples/Nothing' };
      },
    ],
  ])('a reference to a missing %s is reported once', async (_, plant) => {
    expect(rulesOf(await lintPlanted({ plant }))).toEqual(['no-unresolved-refs']);
  });

  test('says where a mark is wrong', async () => {
    const plant = (d: Document) => {
      d.components.schemas.FilterField['x-evidence'].values.InitialChannel.sauce = 'a page';
    };
    const [problem] = await lintPlanted({ plant });
    expect(problem?.message).toBe('x-evidence has no "sauce", only this, meaning, eventFqn, nullable, source, note.');
    expect(problem?.location[0]?.pointer).toBe(
      '#/components/schemas/FilterField/x-evidence/values/InitialChannel/sauce',
    );
  });

  test('each rule of the plugin is enabled and tested here', async () => {
    const rules = rulesInConfiguration().filter((id) => id.startsWith('contract/'));
    const plugin = await import(new URL('../../../../openapi/rules/index.js', import.meta.url).href);
    const { rules: own } = plugin.default();
    expect(rules.sort()).toEqual(
      Object.keys(own.oas3)
        .map((id) => `contract/${id}`)
        .sort(),
    );
    expect(Object.keys(faults).sort()).toEqual(rules);
  });
});
