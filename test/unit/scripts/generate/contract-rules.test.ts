import { describe, expect, test } from 'vitest';
import { type Fault, lintPlanted, rulesInConfiguration, rulesOf } from './lint-planted.js';

const conversation = { Conversation: { _type: 'CombinedFilters', strategy: 'All', conditions: [] } };
const plain = { type: 'string' };
const post = '/webhooks';
const byId = '/webhooks/{webhookSubscriptionId}';
const json = 'application/json';

const faults: Fault[] = [
  {
    rule: 'no-invalid-media-type-examples',
    where: 'at the top of a reply',
    plant: (d) => {
      d.components.responses.NotFound.content[json].examples.notFound.value = { message: 404 };
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: 'a misspelt property in a request',
    plant: (d) => {
      d.paths[post].post.requestBody.content[json].examples.noAuth.value.event = ['ConversationCreated'];
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: 'deep in a request',
    plant: (d) => {
      d.paths[post].post.requestBody.content[json].examples.noAuth.value.filters = conversation;
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: 'in a list of a reply',
    plant: (d) => {
      d.paths[post].get.responses[200].content[json].examples.several.value.data[1].enabled = 'yes';
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: 'a misspelt property of an event',
    plant: (d) => {
      d.webhooks.ConversationRated.post.requestBody.content[json].examples.example.value.data.scor = 5;
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: "in an event's envelope",
    plant: (d) => {
      delete d.webhooks.TypingStarted.post.requestBody.content[json].examples.example.value.event_version;
    },
  },
  {
    rule: 'no-invalid-media-type-examples',
    where: 'deep in an event, null where none was observed',
    plant: (d) => {
      const { value } = d.webhooks.ConversationTagAdded.post.requestBody.content[json].examples.example;
      value.data.conversation.tags = [{ id: null }];
    },
  },
  {
    rule: 'no-invalid-schema-examples',
    where: 'in a schema',
    plant: (d) => {
      d.components.schemas.FilterField.examples = ['Channel'];
    },
  },
  {
    rule: 'no-invalid-schema-examples',
    where: 'in a property within a list',
    plant: (d) => {
      d.components.schemas.Error.properties.list = { type: 'array', items: { type: 'integer', examples: ['1'] } };
    },
  },
  {
    rule: 'no-invalid-parameter-examples',
    where: 'in a shared parameter',
    plant: (d) => {
      d.components.parameters.Event.example = 'no/slash';
    },
  },
  {
    rule: 'no-invalid-parameter-examples',
    where: "in an operation's own parameter",
    plant: (d) => {
      d.paths[post].get.parameters = [
        { name: 'limit', in: 'query', description: 'x', schema: { type: 'integer' }, example: 'many' },
      ];
    },
  },
  {
    rule: 'operation-tag-defined',
    where: 'in an operation',
    plant: (d) => {
      d.paths[post].get.tags = ['Nowhere'];
    },
  },
  {
    rule: 'rule/declares-401-and-429',
    where: '401 missing',
    plant: (d) => {
      delete d.paths[post].post.responses[401];
    },
  },
  {
    rule: 'rule/declares-401-and-429',
    where: '429 missing under a longer path',
    plant: (d) => {
      delete d.paths[`${byId}/delivery-status`].get.responses[429];
    },
  },
  {
    rule: 'rule/no-content-in-204',
    where: 'in the operation',
    plant: (d) => {
      d.paths[byId].delete.responses[204].content = { [json]: { schema: plain, example: '' } };
    },
  },
  {
    rule: 'rule/no-content-in-204',
    where: 'in a shared response',
    plant: (d) => {
      d.components.responses.Gone = { description: 'x', content: { [json]: { schema: plain, example: '' } } };
      d.paths[byId].delete.responses[204] = { $ref: '#/components/responses/Gone' };
    },
  },
  {
    rule: 'rule/no-enum-in-prose',
    where: 'in a schema',
    plant: (d) => {
      d.components.schemas.FilterValues.description = 'The values. Allowed values: [email, phone]';
    },
  },
  {
    rule: 'rule/no-enum-in-prose',
    where: 'in the items of a property',
    plant: (d) => {
      d.components.schemas.Error.properties.codes = {
        type: 'array',
        items: { ...plain, description: 'values: [a, b]' },
      };
    },
  },
  {
    rule: 'rule/no-enum-in-prose',
    where: 'in a parameter',
    plant: (d) => {
      d.components.parameters.Event.description = 'The event, one of: ConversationOpen, ConversationClosed.';
    },
  },
];

describe('the rules of redocly.yaml', () => {
  test('the bundled contract passes before faults are added to it', async () => {
    expect(await lintPlanted({ rule: 'no-invalid-media-type-examples', plant: () => {} })).toEqual([]);
  });

  test.each(faults)('$rule: $where', async (fault) => {
    expect(rulesOf(await lintPlanted(fault))).toContain(fault.rule);
  });

  test("each rule of redocly.yaml that is not the plugin's has a fault here", () => {
    const rules = rulesInConfiguration().filter((id) => !id.startsWith('contract/'));
    expect([...new Set(faults.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
  });
});
