import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { webhookEventTypes } from '../../../../generated/event-types.js';
import { type OperationId, operations, statuses } from '../../../../generated/operations.js';
import { errorSamples, samples } from '../../../../generated/samples.js';
import { renderSamples } from '../../../../scripts/generate/render-samples.js';
import { replyExamples } from '../../../support/contract-document.js';
import { projectRoot } from './project.js';
import { smallContract } from './small-contract.js';

test.each(webhookEventTypes)('the sample of %s is the example of the contract', async (type) => {
  const file = join(projectRoot, `openapi/examples/events/${type}.json`);
  expect(samples[type]).toStrictEqual(JSON.parse(await readFile(file, 'utf8')).value);
});

test('the samples of errors are the examples that operations have for their statuses', () => {
  const examples = (Object.keys(operations) as OperationId[]).flatMap((id) =>
    statuses[id]
      .filter((status) => status >= 400)
      .flatMap((status) =>
        replyExamples(id, status).map(({ name, value }) => [name, { status, ...(value as object) }]),
      ),
  );
  expect(errorSamples).toStrictEqual(Object.fromEntries(examples));
  expect(errorSamples).toMatchObject({
    invalidValue: { status: 400 },
    decodingFailure: { status: 400 },
    unauthorized: { status: 401 },
    notFound: { status: 404 },
  });
});

const withErrors = (...names: [status: number, name: string, message: string][]) => {
  const responses = Object.fromEntries(
    names.map(([status, name, message]) => [
      status,
      { content: { 'application/json': { examples: { [name]: { value: { message } } } } } },
    ]),
  );
  return smallContract({
    paths: { '/a': { get: { operationId: 'getA', responses } } },
    components: { schemas: { WebhookEventType: { enum: [] } } },
  });
};

test('a message may hold quotes', () => {
  expect(renderSamples(withErrors([404, 'gone', "It isn't there"]))).toContain(
    "gone: { status: 404, message: 'It isn\\'t there' },",
  );
});

test('two errors with the same name are refused', () => {
  expect(() => renderSamples(withErrors([404, 'gone', 'x'], [410, 'gone', 'x']))).toThrow(
    /The example "gone" of getA 410 differs/,
  );
});

test('an event type without an example is refused', () => {
  const payload = { $ref: '#/components/schemas/Left' };
  const post = {
    summary: 'One left',
    'x-event-fqn': 'USER_LEFT',
    requestBody: { content: { 'application/json': { schema: payload } } },
  };
  const Left = {
    allOf: [{ $ref: '#/components/schemas/EventEnvelope' }],
    required: ['data'],
    properties: { data: {} },
  };
  const schemas = { WebhookEventType: { enum: ['UserLeft'] }, EventEnvelope: {}, Left };
  const contract = smallContract({ webhooks: { UserLeft: { post } }, components: { schemas } });
  expect(() => renderSamples(contract)).toThrow('webhooks.UserLeft: the payload has no example');
});
