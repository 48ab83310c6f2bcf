import { describe, expect, it } from 'vitest';
import { DixaApiError, DixaResponseError } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, fakeDixa, newSubscription } from '../../../support/fake-dixa.js';
import { everythingShownOf } from '../../../support/secrets.js';

const redirect = (status: number, location: string) => () =>
  new Response('moved', { status, headers: { Location: location } });

/** The result of `redirect: 'manual'` in a browser: an opaque response. */
function opaque(): Response {
  return Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } });
}

describe('redirect', () => {
  it.each(ways)('is not followed by $name or by fetch', async ({ call }) => {
    const { dixa, sent } = fakeDixa([redirect(302, 'https://elsewhere.example/webhooks')]);
    const error = await call(dixa).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(error).toMatchObject({ status: 302, location: 'https://elsewhere.example/webhooks', attempts: 1 });
    expect(sent.map(({ init }) => init.redirect)).toEqual(['manual']);
  });

  it.each([301, 302, 303, 307, 308])('is reported with its status and target: %i', async (status) => {
    const { dixa, sent } = fakeDixa([redirect(status, '/v2/webhooks')]);
    const error = await dixa.list().catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'DixaResponseError', code: 'DIXA_RESPONSE', status, location: '/v2/webhooks' });
    expect(`${error}`).toContain('/v2/webhooks');
    expect(`${error}`).toContain('baseUrl');
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['https://user:hidden@elsewhere.example/a', 'https://elsewhere.example/a'],
    ['https://hidden@elsewhere.example', 'https://elsewhere.example'],
    ['//user:hidden@elsewhere.example/', '//elsewhere.example/'],
    ['https://user:hid%40den@elsewhere.example/?a=b@c', 'https://elsewhere.example/?a=b@c'],
    ['https:/user:hidden@elsewhere.example/a', 'https:/elsewhere.example/a'],
    ['https:\\\\user:hidden@elsewhere.example', 'https:\\\\elsewhere.example'],
    ['/at/a@b', '/at/a@b'],
    [`https://elsewhere.example/?key=${apiKey}`, 'https://elsewhere.example/?key=[redacted]'],
  ])('shows its target without credentials and without the key: %s', async (target, location) => {
    const { dixa } = fakeDixa([redirect(307, target)]);
    const error = await dixa.list().catch((error: unknown) => error);
    expect(error).toMatchObject({ location });
    expect(everythingShownOf(error)).not.toMatch(/hid/);
    expect(everythingShownOf(error)).not.toContain(apiKey);
  });

  it('of a POST leaves it unknown whether the subscription exists', async () => {
    const { dixa, sent } = fakeDixa([redirect(303, '/webhooks/1')]);
    expect(await dixa.create(newSubscription).catch((error: unknown) => error)).toMatchObject({ outcome: 'unknown' });
    expect(sent).toHaveLength(1);
  });

  it.each(ways)('hidden by a browser is reported by $name as a redirect', async ({ call }) => {
    const { dixa, sent } = fakeDixa([opaque]);
    const error = await call(dixa).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(error).toMatchObject({ status: 0, location: undefined });
    expect(`${error}`).toMatch(/redirect/);
    expect(`${error}`).toMatch(/browser hides/);
    expect(sent).toHaveLength(1);
  });

  it('cannot be switched on by the options of a raw call', async () => {
    const { dixa, sent } = fakeDixa([redirect(302, '/elsewhere')]);
    await expect(dixa.raw.GET('/webhooks', { redirect: 'follow' })).rejects.toBeInstanceOf(DixaResponseError);
    expect(sent.map(({ init }) => init.redirect)).toEqual(['manual']);
  });

  it('without a target is an HTTP error like any other', async () => {
    const { dixa } = fakeDixa([() => new Response(null, { status: 304 })]);
    const error = await dixa.list().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaApiError);
    expect(error).toMatchObject({ name: 'DixaApiError', status: 304 });
  });
});
