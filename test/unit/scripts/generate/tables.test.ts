import { describe, expect, test } from 'vitest';
import { renderRequestBodies } from '../../../../scripts/generate/render-requests.js';
import { renderOperations, renderServer, renderVersion } from '../../../../scripts/generate/render-tables.js';
import { type Contract, inlineExamples, operationsOf } from '../../../../scripts/lib/contract.js';
import { smallContract } from './small-contract.js';

const body = (data: object) => ({
  description: 'x',
  content: { 'application/json': { schema: { type: 'object', properties: { data } } } },
});
const operation = (responses: object): Contract =>
  smallContract({
    paths: { '/a/{id}': { parameters: [], get: { operationId: 'getA', responses } } },
    components: { schemas: { List: { type: 'array' } }, responses: { Shared: body({ type: 'object' }) } },
  });

describe('the table of operations', () => {
  test('has the method in capitals, the path and the statuses in ascending order', () => {
    const source = renderOperations(operation({ 500: {}, 200: body({ type: 'object' }), 404: {} }));
    expect(source).toContain("getA: { method: 'GET', path: '/a/{id}', data: 'object' },");
    expect(source).toContain('getA: [200, 404, 500],');
  });

  test.each([
    ['an object', body({ type: 'object' }), 'object'],
    ['a list', body({ type: 'array' }), 'array'],
    ['a list by reference', body({ $ref: '#/components/schemas/List' }), 'array'],
    ['a shared response', { $ref: '#/components/responses/Shared' }, 'object'],
    ['no content', { description: 'x' }, 'none'],
  ])('states the type of a success: %s', (_, success, data) => {
    expect(renderOperations(operation({ 200: success }))).toContain(`data: '${data}'`);
  });

  test.each([
    ['no success', { 400: {} }, 'getA: it declares 0 success statuses'],
    ['two successes', { 200: {}, 201: {} }, 'getA: it declares 2 success statuses'],
    ['data of another type', { 200: body({ type: 'string' }) }, 'getA: `data` in its success is neither'],
    ['a default', { 200: {}, default: {} }, 'getA: statuses must be numbers'],
    [
      'a reference to nothing',
      { 200: { $ref: '#/components/responses/None' } },
      'refers to #/components/responses/None',
    ],
    ['a reference outside', { 200: { $ref: 'other.yaml' } }, 'refers to other.yaml, which is outside of it'],
  ])('refuses %s', (_, responses, message) => {
    expect(() => renderOperations(operation(responses))).toThrow(message);
  });

  test("does not take a path's own fields for operations", () => {
    expect([...operationsOf(operation({}))].map(({ method }) => method)).toEqual(['get']);
  });
});

describe('the table of request bodies', () => {
  const schema = (properties: object, rest: object = {}) => ({
    type: 'object',
    additionalProperties: false,
    properties,
    required: Object.keys(properties),
    ...rest,
  });
  const tagged = (name: string, properties: object = {}) => schema({ _type: { const: name }, ...properties });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const withBody = (properties: object, schemas: object = {}) =>
    smallContract({
      paths: {
        '/a': {
          get: { operationId: 'getA', responses: {} },
          post: { operationId: 'postA', requestBody: { content: { 'application/json': { schema: ref('Body') } } } },
        },
      },
      components: { schemas: { ...schemas, Body: schema(properties, { required: ['needed'] }) } },
    });

  test.each([
    ['a string', { type: 'string' }, "'a string'"],
    ['a boolean', { type: 'boolean' }, "'a boolean'"],
    ['one of some strings', { enum: ['All', 'Any'] }, "'All or Any'"],
    ['known values beside any string', { anyOf: [{ enum: ['A'], type: 'string' }, { type: 'string' }] }, "'a string'"],
    ['an event type', ref('WebhookEventType'), "'a string'"],
    ['a list', { items: { type: 'string' } }, "['a string']"],
    ['a list that is not empty', { items: { type: 'string' }, minItems: 1 }, "['a string', 1]"],
    ['a map', { additionalProperties: { type: 'string' } }, "{ '*': 'a string' }"],
    ['a union', { oneOf: [ref('One'), ref('Two')] }, '{ _type: { One: One, Two: Two } }'],
    ['the only member of a union', ref('One'), '{ _type: { One: One } }'],
  ])('has the shape of %s', (_, property, code) => {
    const schemas = {
      WebhookEventType: { type: 'string', enum: ['EventA'] },
      One: tagged('One', { name: { type: 'string' } }),
      Two: tagged('Two'),
    };
    const source = renderRequestBodies(withBody({ needed: property, other: { type: 'string' } }, schemas));
    expect(source).toContain(`const Body = { needed: ${code}, other: 'a string' } as const;`);
    expect(source).toContain("  postA: { shape: Body, required: ['needed'] },");
    expect(source).not.toContain('getA');
  });

  test.each([
    ['a number', { type: 'integer' }],
    ['an open object', schema({ a: { type: 'string' } }, { additionalProperties: true })],
    ['an object with an optional property', schema({ a: { type: 'string' } }, { required: [] })],
  ])('refuses %s in a body, for which it has no shape', (_, property) => {
    expect(() => renderRequestBodies(withBody({ needed: property }))).toThrow('has no shape');
  });
});

describe('the other files', () => {
  test('the server has its address, versions and default', () => {
    const variables = { apiVersion: { enum: ['one', 'two'], default: 'two' } };
    const source = renderServer(smallContract({ servers: [{ url: 'https://example.com/{apiVersion}', variables }] }));
    expect(source).toContain("apiVersions = ['one', 'two'] as const;");
    expect(source).toContain("defaultApiVersion: 'two',");
    expect(() => renderServer(smallContract({}))).toThrow('servers must contain one server');
  });

  test('the version is quoted', () => {
    expect(renderVersion({ version: "1.0.0-it's" })).toContain("export const version: string = '1.0.0-it\\'s';");
  });

  test('examples are inlined where they are used', () => {
    const example = { summary: 'x', value: { $ref: 'kept' } };
    const { paths, components } = inlineExamples(
      smallContract({
        paths: { '/a': { get: { examples: { one: { $ref: '#/components/examples/One' } } } } },
        components: { schemas: {}, examples: { One: example } },
      }),
    );
    expect(paths).toEqual({ '/a': { get: { examples: { one: example } } } });
    expect(components).toEqual({ schemas: {} });
  });
});
