import { describe, expect, it, vi } from 'vitest';
import { createDixaWebhooks } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { resultOf, useFakeClock } from '../../../support/fake-clock.js';
import { apiKey, failure, fakeDixa, type Sent, success } from '../../../support/fake-dixa.js';

/** A global `fetch` that records its calls. */
function answering(asked: string[], name: string, answer = success) {
  return async (url: string, init: RequestInit) => {
    asked.push(name);
    return answer({ url, method: init.method, init } as Sent);
  };
}

describe('fetch', () => {
  it.each(ways)('of globalThis is looked up when $name is called, not when the client is created', async ({ call }) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', answering(asked, 'early'));
    const dixa = createDixaWebhooks({ apiKey });
    vi.stubGlobal('fetch', answering(asked, 'late'));
    await call(dixa);
    expect(asked).toEqual(['late']);
  });

  it('of globalThis is looked up for each attempt', async () => {
    useFakeClock();
    const asked: string[] = [];
    const second = answering(asked, 'second');
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      vi.stubGlobal('fetch', second);
      return answering(asked, 'first', failure(503))(url, init);
    });
    await resultOf(createDixaWebhooks({ apiKey }).list());
    expect(asked).toEqual(['first', 'second']);
  });

  it.each(ways)('from the options is used instead by $name', async ({ call }) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', answering(asked, 'global'));
    await call(createDixaWebhooks({ apiKey, fetch: answering(asked, 'option') }));
    expect(asked).toEqual(['option']);
  });

  it('gets a URL and an init with a new signal for each attempt', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503), success]);
    const { signal } = new AbortController();
    await resultOf(dixa.list({ signal }));
    const signals = sent.map(({ init }) => init.signal);
    expect(sent.map(({ url }) => typeof url)).toEqual(['string', 'string']);
    expect(new Set([signal, ...signals]).size).toBe(3);
  });

  it('gets the body of a POST and a PATCH as JSON, with its content type, and none otherwise', async () => {
    const { dixa, sent } = fakeDixa([], { rateLimit: false });
    for (const { call } of ways) await call(dixa);
    for (const { method, body, headers } of sent) {
      const hasBody = method === 'POST' || method === 'PATCH';
      expect(headers.get('content-type')).toBe(hasBody ? 'application/json' : null);
      if (hasBody) expect(JSON.parse(String(body))).toBeTypeOf('object');
      else expect(body ?? null).toBeNull();
    }
  });

  it.each(ways)(
    'is told to use a new connection for a POST on Bun, which would repeat it by itself: $name',
    async ({ call, method }) => {
      vi.stubGlobal('Bun', {});
      const { dixa, sent } = fakeDixa();
      await call(dixa);
      expect(sent.map(({ init }) => init.keepalive)).toEqual([method === 'POST' ? false : undefined]);
    },
  );

  it.each(ways)(
    'gets a body as a Blob on Deno, which would repeat any other by itself: $name',
    async ({ call, method }) => {
      useFakeClock();
      const { dixa: elsewhere, sent: expected } = fakeDixa();
      await call(elsewhere);
      vi.stubGlobal('Deno', {});
      const { dixa, sent } = fakeDixa([failure(429), success]);
      expect(await resultOf(call(dixa))).toBe(200);
      expect(sent).toHaveLength(2);
      for (const { body, headers } of sent) {
        if (method === 'GET' || method === 'DELETE') expect(body ?? null).toBeNull();
        else {
          expect(body).toBeInstanceOf(Blob);
          expect(await (body as Blob).text()).toBe(expected[0]?.body);
        }
        expect([...headers]).toEqual([...(expected[0]?.headers ?? [])]);
      }
    },
  );

  it('gets the headers of the client and, over them, those of the call', async () => {
    const { dixa, sent } = fakeDixa([], { headers: { 'X-Team': 'one', 'X-Trace': 'client' } });
    await dixa.list({ headers: { 'x-trace': 'call' } });
    await dixa.raw.GET('/webhooks', { headers: { 'x-trace': 'raw' } });
    expect(sent.map(({ headers }) => [headers.get('x-team'), headers.get('x-trace')])).toEqual([
      ['one', 'call'],
      ['one', 'raw'],
    ]);
  });
});
