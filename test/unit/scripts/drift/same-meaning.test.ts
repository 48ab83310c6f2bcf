import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Document, driftFrom, replaceInLists, reportOn, upstreamDocument } from './small-documents.js';

/** Applies a change to each object of a document, from the leaves up. */
function everywhere(value: Document, change: (node: Document) => Document): Document {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everywhere(item, change)])));
}

const values = (description: unknown) =>
  /values: \[([^\]]*)\]/
    .exec(String(description))?.[1]
    ?.split(',')
    .map((value) => value.trim());

const sameDocuments: [string, (document: Document) => Document][] = [
  ['as it is', (d) => d],
  ['with the keys and lists in another order', (d) => reversed(d)],
  [
    'with components of other numbers',
    (d) => replaceInLists(replaceInLists(d, 'IsOneOf5', 'IsOneOf9'), 'Filters1', 'Filters'),
  ],
  [
    'with components of other names, where a title tells them',
    (d) => replaceInLists(replaceInLists(d, '/TokenAuth2', '/Renamed'), '"TokenAuth2":', '"Renamed":'),
  ],
  ['for v1', (d) => replaceInLists(d, '/beta/', '/v1/')],
  [
    'with the version in the server',
    (d) => ({ ...replaceInLists(d, '/beta/', '/'), servers: [{ url: 'https://dev.dixa.io/beta/' }] }),
  ],
  [
    'with the version in a variable of the server',
    (d) => ({
      ...replaceInLists(d, '/beta/', '/'),
      servers: [{ url: 'https://dev.dixa.io/{v}', variables: { v: { default: 'beta' } } }],
    }),
  ],
  ['with no server at all', ({ servers: _, ...d }) => d],
  [
    'with real enums for those in prose',
    (d) =>
      everywhere(d, (node) => {
        const found = node.type === 'string' ? values(node.description) : undefined;
        return found ? { type: 'string', enum: found } : node;
      }),
  ],
  [
    'with what all members of a union have beside the union',
    (d) => {
      const { Condition1, IsOneOf5, IsNotOneOf5 } = d.components.schemas;
      Object.assign(Condition1, {
        type: 'object',
        required: ['values'],
        properties: { values: IsOneOf5.properties.values },
      });
      for (const member of [IsOneOf5, IsNotOneOf5]) {
        delete member.properties.values;
        member.required.pop();
      }
      return d;
    },
  ],
  [
    'with an enum as a union of its values',
    (d) => {
      d.components.schemas.CombinedFilters.properties.strategy = { oneOf: [{ const: 'Any' }, { const: 'All' }] };
      return d;
    },
  ],
  [
    'with null in a union, in a list of types or as a value',
    (d) => {
      const { note } = d.components.schemas.Subscription.properties;
      delete note.nullable;
      d.components.schemas.Subscription.properties.note = { oneOf: [note, { enum: [null] }] };
      return d;
    },
  ],
  [
    'in OpenAPI 3.1',
    (d) =>
      everywhere({ ...d, openapi: '3.1.0' }, (node) => (node.type === 'string' ? { ...node, type: ['string'] } : node)),
  ],
  [
    'without the types that properties and items tell',
    (d) => everywhere(d, ({ type, ...rest }) => (rest.properties || rest.items ? rest : { type, ...rest })),
  ],
  [
    'with references wrapped in allOf, as OpenAPI 3.0 needs it for siblings',
    (d) =>
      everywhere(d, ({ $ref, ...rest }) =>
        $ref && !$ref.includes('/parameters/') ? { ...rest, allOf: [{ $ref }] } : { $ref, ...rest },
      ),
  ],
  [
    'with an object in parts',
    (d) => {
      const { required, properties, ...rest } = d.components.schemas.CreateInput;
      const { name, ...others } = properties;
      d.components.schemas.Named = { type: 'object', required: ['name'], properties: { name } };
      const body = { type: 'object', required: required.slice(1), properties: others };
      d.components.schemas.CreateInput = { ...rest, allOf: [{ $ref: '#/components/schemas/Named' }, body] };
      return d;
    },
  ],
  [
    'with parameters, bodies and replies of components',
    (d) => {
      const item = d.paths['/beta/webhooks/{webhookSubscriptionId}'];
      d.components.parameters = { Id: item.get.parameters[0] };
      d.components.responses = { Bad: item.get.responses['400'] };
      d.components.requestBodies = { Patch: item.patch.requestBody };
      for (const method of ['get', 'patch', 'delete']) {
        item[method].parameters = undefined;
        item[method].responses['400'] = { $ref: '#/components/responses/Bad' };
      }
      item.parameters = [{ $ref: '#/components/parameters/Id' }];
      item.patch.requestBody = { $ref: '#/components/requestBodies/Patch' };
      return d;
    },
  ],
  [
    'with keywords that say what goes without saying',
    (d) =>
      everywhere(d, (node) =>
        node.type === 'string' ? { nullable: false, minLength: 0, deprecated: false, ...node } : node,
      ),
  ],
  [
    'with other words and examples',
    (d) =>
      everywhere(d, (node) =>
        node.type === 'boolean' ? { ...node, example: true, title: 'Switch', externalDocs: {} } : node,
      ),
  ],
  [
    'with other media type parameters',
    (d) => replaceInLists(d, '"application/json"', '"application/JSON; charset=utf-8"'),
  ],
  [
    'with schemas that refer to themselves where nobody looks',
    (d) => {
      d.components.schemas.Map_String.description = 'as before';
      d.components.schemas.Loop = { allOf: [{ $ref: '#/components/schemas/Loop' }] };
      d.components.schemas.NoAuth.allOf = [{ $ref: '#/components/schemas/Loop' }];
      return d;
    },
  ],
];

function reversed(value: Document): Document {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value === 'string') {
    return value.replace(/\[([^\]]*)\]/, (_, list: string) => `[${list.split(',').reverse().join(', ')}]`);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)] as const)
      .reverse(),
  );
}

it.each(sameDocuments)('finds nothing in a document that means the same: %s', (_, change) => {
  const { unexplained, stale } = driftFrom(change(upstreamDocument()));
  expect(unexplained).toEqual([]);
  expect(stale).toEqual([]);
});

it.each([
  ['JSON', JSON.stringify],
  ['JSON over many lines', (d: Document) => JSON.stringify(d, null, 4)],
  ['JSON after a byte order mark', (d: Document) => `\uFEFF${JSON.stringify(d)}`],
  ['YAML', stringify],
  ['YAML in one line', (d: Document) => stringify(d, { collectionStyle: 'flow' })],
  ['YAML with quotes everywhere', (d: Document) => stringify(d, { defaultStringType: 'QUOTE_DOUBLE' })],
])('finds nothing in a document written as %s', (_, write) => {
  const { unexplained, stale } = reportOn(write(upstreamDocument()));
  expect(unexplained).toEqual([]);
  expect(stale).toEqual([]);
});
