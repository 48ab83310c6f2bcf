import { expect, test } from 'vitest';
import { main } from '../../../../scripts/generate/index.js';
import { renderValidators } from '../../../../scripts/generate/render-validators.js';
import { call } from '../../../support/run-main.js';
import { contractFile, edit, snapshot, temporaryProject } from './project.js';
import { smallContract } from './small-contract.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** A contract of one operation, `postA`, whose body is the schema `Body`. */
const withSchemas = (schemas: object, parameters: object[] = []) =>
  smallContract({
    paths: {
      '/a/{id}': {
        parameters,
        post: {
          operationId: 'postA',
          requestBody: { content: { 'application/json': { schema: ref('Body') } } },
          responses: {},
        },
      },
    },
    components: { schemas },
  });
const withProperty = (property: object, schemas: object = {}) =>
  withSchemas({ Body: { type: 'object', properties: { one: property } }, ...schemas });

test('each used schema becomes one function with its name', async () => {
  const pair = { type: 'object', properties: { one: ref('Word'), two: ref('Word') } };
  const source = await renderValidators(
    withSchemas({ Unused: { type: 'object' }, Word: { type: 'string' }, Body: pair }),
  );
  expect(source.match(/function \w+/g)).toEqual(['function validateWord', 'function validateBody']);
  expect(source).toContain('postA: { parameters: {}, body: validateBody, responses: {} }');
});

test.each([
  [
    'an unknown keyword',
    withProperty({ type: 'string', maxLenght: 1 }),
    'components.schemas.Body: strict mode: unknown keyword: "maxLenght".',
  ],
  [
    'an unknown keyword in a schema that another refers to',
    withProperty(ref('Word'), { Word: { type: 'string', maxLenght: 1 } }),
    'components.schemas.Word: strict mode: unknown keyword: "maxLenght".',
  ],
  [
    'an unknown format',
    withProperty({ type: 'string', format: 'uri' }),
    'components.schemas.Body: unknown format "uri" ignored in schema at path "#/properties/one".',
  ],
  [
    'a property that is required but not there',
    withSchemas({ Body: { type: 'object', properties: {}, required: ['one'] } }),
    'components.schemas.Body: strict mode: required property "one" is not defined',
  ],
  [
    'a keyword that needs a helper at run time',
    withProperty({ type: 'string', maxLength: 1 }),
    'needs ajv/dist/runtime/ucs2length',
  ],
  [
    'unique items that are not scalars',
    withProperty({ type: 'array', uniqueItems: true, items: { type: 'object' } }),
    'needs ajv/dist/runtime/equal',
  ],
  [
    'a parameter whose type is unknown',
    withSchemas({ Body: {} }, [{ name: 'id', in: 'path', schema: { type: 'text' } }]),
    'The schema of id: ',
  ],
  ['a reference to nothing', withProperty(ref('None')), 'refers to #/components/schemas/None, which does not exist'],
])('%s is refused with its place', async (_, contract, message) => {
  const error = await renderValidators(contract).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: 'ContractError' });
  expect((error as Error).message).toContain(message);
});

test('a format that only lint supports stops generate, and nothing is written', { timeout: 60_000 }, async () => {
  const root = await temporaryProject();
  await edit(root, 'redocly.yaml', 'formats: [', 'formats: [uri, ');
  await edit(
    root,
    contractFile,
    '          description: The new URL to send events to.\n',
    '          format: uri\n          description: x\n',
  );
  const before = await snapshot(root);
  const { code, output } = await call((args) => main(args, root), []);
  expect(output).toContain('components.schemas.UpdateWebhookSubscription: unknown format "uri"');
  expect(output).toContain('scripts/generate/compile-schemas.ts');
  expect(code).toBe(1);
  expect(await snapshot(root)).toEqual(before);
});
