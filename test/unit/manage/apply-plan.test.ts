import { basicAuth, DixaServerError, noAuth } from 'dixa-webhooks';
import { type AppliedStep, applyPlan, DixaPlanError, planSubscriptions } from 'dixa-webhooks/manage';
import { describe, expect, it } from 'vitest';
import { failure, fakeDixa, json, subscription } from '../../support/fake-dixa.js';
import { memoryAccount, secretOf, uuid } from '../../support/memory-account.js';
import { rejection } from '../../support/receiver-delivery.js';
import { everythingShownOf } from '../../support/secrets.js';

const one = { ...subscription, id: uuid(1), name: 'One' };
const two = { ...subscription, id: uuid(2), name: 'Two' };
const wanted = [
  { name: 'One', enabled: false, customHeaders: { 'X-Tenant': 's3cret-header' } },
  {
    name: 'New',
    url: 'https://example.com/new',
    events: ['ConversationRated'] as const,
    authorization: basicAuth('user', 's3cret-password'),
  },
];
const plan = planSubscriptions(wanted, [one, two], { prune: true });

describe('applyPlan', () => {
  it('sends each step, with what Dixa does not show', async () => {
    const { dixa, sent } = fakeDixa([
      () => json({ data: one }),
      () => json({ data: { ...subscription, id: uuid(3) } }, 201),
    ]);
    const steps: AppliedStep[] = [];
    const done = await applyPlan(dixa, plan, { onStep: (step) => steps.push(step) });
    expect(
      sent.map(({ method, url, body }) => [method, url.split('/webhooks')[1], body && JSON.parse(String(body))]),
    ).toEqual([
      ['PATCH', `/${one.id}`, { enabled: false, customHeaders: { 'X-Tenant': 's3cret-header' } }],
      ['POST', '', { ...wanted[1], customHeaders: {} }],
      ['DELETE', `/${two.id}`, null],
    ]);
    expect(done).toEqual(steps);
    expect(done.map(({ action, name, id }) => [action, name, id])).toEqual([
      ['update', 'One', one.id],
      ['create', 'New', uuid(3)],
      ['delete', 'Two', two.id],
    ]);
    expect(everythingShownOf(done)).not.toMatch(/s3cret|secretKey/);
  });

  it('awaits onStep before the next step', async () => {
    const { dixa, sent } = fakeDixa();
    const seen: number[] = [];
    await applyPlan(dixa, plan, {
      onStep: async () => {
        await Promise.resolve();
        seen.push(sent.length);
      },
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops at the first error, which says what is done and what is not', async () => {
    const { dixa, sent } = fakeDixa([() => json({ data: one }), failure(500)]);
    const error = await rejection(applyPlan(dixa, plan));
    expect(error).toBeInstanceOf(DixaPlanError);
    expect(error).toMatchObject({ name: 'DixaPlanError', code: 'DIXA_PLAN', cause: expect.any(DixaServerError) });
    const { done, notDone } = error as DixaPlanError;
    expect(done).toMatchObject([{ action: 'update', id: one.id }]);
    expect(notDone).toEqual(plan.steps.slice(1));
    expect(error.message).toContain('call list() before creating it again');
    expect(error.message).toContain('Done: update "One". Not done: create "New", delete "Two".');
    expect(sent).toHaveLength(2);
    expect(everythingShownOf(error)).not.toContain('s3cret');
  });

  it('counts a step as done if only onStep fails, and shows nothing of its error in the message', async () => {
    const { dixa, sent } = fakeDixa();
    const cause = new RangeError('s3cret');
    const onStep = () => Promise.reject(cause);
    const error = (await rejection(applyPlan(dixa, plan, { onStep }))) as DixaPlanError;
    expect(error.cause).toBe(cause);
    expect(error.message).toMatch(
      /^The plan stopped: RangeError\. Done: update "One"\. Not done: create "New", delete/,
    );
    expect(sent).toHaveLength(1);
  });

  it('changes nothing the second time', async () => {
    const kept = {
      ...one,
      events: ['ConversationRated'],
      authorization: noAuth(),
      customHeaders: {},
      secretKey: secretOf(1),
    };
    const { dixa, changed } = memoryAccount([kept]);
    const run = async () => applyPlan(dixa, planSubscriptions(wanted, await dixa.list()));
    expect(await run()).toHaveLength(2);
    expect(await run()).toEqual([]);
    expect(changed).toEqual([`PATCH ${one.id}`, 'POST']);
  });
});
