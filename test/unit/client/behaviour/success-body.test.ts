import { describe, expect, it } from 'vitest';
import { operations } from '../../../../generated/operations.js';
import { DixaResponseError } from '../../../../src/client/index.js';
import { deleting, ways } from '../../../support/every-call.js';
import { type Answer, fakeDixa, json, subscription } from '../../../support/fake-dixa.js';

const reading = ways.filter(({ method }) => method !== 'DELETE');
const ofLists = reading.filter(({ operationId }) => operations[operationId].data === 'array');
const ofObjects = reading.filter(({ operationId }) => operations[operationId].data === 'object');

const text =
  (body: string, status = 200): Answer =>
  () =>
    new Response(body, { status });

const neither: readonly (readonly [string, Answer])[] = [
  ['HTML', text('<html><body>hidden</body></html>')],
  ['nothing', text('')],
  ['white space', text(' \n')],
  ['nothing with 204', () => new Response(null, { status: 204 })],
  ['cut JSON', text('{"data": [{"secretKey": "hidden')],
  ['two JSON texts', text('{"data":[]}{"data":[]}')],
  ['a string', text('"hidden"')],
  ['a number', text('1')],
  ['true', text('true')],
  ['null', text('null')],
  ['a list', text('[{"id":"hidden"}]')],
  ['an empty list', text('[]')],
  ['data that is a string', text('{"data":"hidden"}')],
  ['data that is a number', text('{"data":0}')],
  ['data that is false', text('{"data":false}')],
];

describe('2xx', () => {
  it.each(reading)('of $name is a DixaResponseError if it contains HTML', async ({ call, operationId }) => {
    const { dixa, sent } = fakeDixa([text('<html>')]);
    await expect(call(dixa)).rejects.toMatchObject({ name: 'DixaResponseError', operationId, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  describe.each([...ofLists.slice(0, 2), ...ofObjects.slice(0, 2)])(
    'of $name is a DixaResponseError, never retried, where it holds',
    ({ call, operationId }) => {
      it.each(neither)('%s', async (_, answer) => {
        const { dixa, sent } = fakeDixa([answer]);
        const error = await call(dixa).catch((error: unknown) => error);
        expect(error).toBeInstanceOf(DixaResponseError);
        expect(error).toMatchObject({ operationId, attempts: 1, status: expect.any(Number) });
        expect(`${error}`).not.toMatch(/hidden|Unexpected|JSON\.parse|position/);
        expect(sent).toHaveLength(1);
      });
    },
  );

  it.each(ofObjects)('of $name is refused if data is missing or a list', async ({ call }) => {
    for (const body of [{}, { data: null }, { data: [] }, { data: [subscription] }, subscription]) {
      const { dixa, sent } = fakeDixa([() => json(body)]);
      await expect(call(dixa)).rejects.toBeInstanceOf(DixaResponseError);
      expect(sent).toHaveLength(1);
    }
  });

  it.each(ofLists)('of $name is refused if data is an object', async ({ call }) => {
    const { dixa } = fakeDixa([() => json({ data: subscription })]);
    await expect(call(dixa)).rejects.toBeInstanceOf(DixaResponseError);
  });

  it.each(ofLists)('of $name may have no data, or null: the list is empty', async ({ call }) => {
    const { dixa } = fakeDixa([() => json({}), () => json({ data: null })]);
    expect(await call(dixa)).toBe(200);
    expect(await call(dixa)).toBe(200);
  });

  it.each([{}, { data: null }])('of a list with %j is an empty list from the methods', async (body) => {
    const { dixa } = fakeDixa(Array(3).fill(() => json(body)));
    expect(await dixa.list()).toEqual([]);
    expect(await dixa.deliveryStatuses(subscription.id)).toEqual([]);
    expect(await dixa.deliveryLogs(subscription.id, 'ConversationCreated')).toEqual([]);
  });

  it.each([200, 201, 202, 203, 206])('may be any of them: %i', async (status) => {
    const { dixa } = fakeDixa([() => json({ data: subscription }, status)]);
    expect(await dixa.get(subscription.id)).toEqual(subscription);
  });

  it('needs no content type and no content length', async () => {
    const { dixa } = fakeDixa([() => new Response(new TextEncoder().encode('{"data":[]}'))]);
    expect(await dixa.list()).toEqual([]);
  });

  it('is not validated further: the result is what Dixa sent', async () => {
    const odd = { id: 7, secretKey: null, extra: { nested: [1] }, subscribedEvents: 'none' };
    const { dixa } = fakeDixa([() => json({ data: odd }), () => json({ data: [odd, null, 3] })]);
    expect(await dixa.get(subscription.id)).toEqual(odd);
    expect(await dixa.list()).toEqual([odd, null, 3]);
  });

  it('of a POST says that the subscription may exist', async () => {
    const { dixa, sent } = fakeDixa([text('<html>', 201)]);
    const error = await dixa.create({ name: 'a', url: 'https://example.com', events: [] }).catch((error) => error);
    expect(error).toMatchObject({ name: 'DixaResponseError', status: 201, outcome: 'unknown' });
    expect(`${error}`).toContain('call list() before creating it again');
    expect(sent).toHaveLength(1);
  });

  describe.each(deleting)('of $name', ({ call }) => {
    it.each(neither)('has a body that is ignored: %s', async (_, answer) => {
      const { dixa, sent } = fakeDixa([answer]);
      expect(await call(dixa)).toBe(200);
      expect(sent).toHaveLength(1);
    });

    it('has a body that is ignored even if it breaks or never ends', async () => {
      const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) });
      const endless = new ReadableStream({ cancel: () => new Promise(() => {}) });
      for (const body of [broken, endless]) {
        const { dixa, sent } = fakeDixa([() => new Response(body)]);
        expect(await call(dixa)).toBe(200);
        expect(sent).toHaveLength(1);
      }
    });
  });
});
