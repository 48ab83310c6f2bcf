import { describe, expect, it } from 'vitest';
import { failure, fakeDixa, newSubscription, subscriptionId } from '../../../support/fake-dixa.js';

const messageOf = (call: Promise<unknown>) =>
  call.then(
    () => '',
    (error: Error) => error.message,
  );

describe('the message of an HTTP error says what to do next', () => {
  it('404 of a subscription: list() shows which exist', async () => {
    const { dixa } = fakeDixa(Array(3).fill(failure(404)));
    expect(await messageOf(dixa.get(subscriptionId))).toContain('Call list() to see');
    expect(await messageOf(dixa.deliveryStatuses(subscriptionId))).toContain('Call list() to see');
  });

  it('404 of all subscriptions: check baseUrl', async () => {
    const { dixa } = fakeDixa(Array(2).fill(failure(404)));
    const expected = 'Check baseUrl: it includes the version.';
    expect(await messageOf(dixa.list())).toContain(expected);
    expect(await messageOf(dixa.create(newSubscription))).toContain(expected);
  });

  it('400: check the arguments', async () => {
    const { dixa } = fakeDixa([failure(400)]);
    expect(await messageOf(dixa.create(newSubscription))).toContain('check the arguments of this call');
  });
});
