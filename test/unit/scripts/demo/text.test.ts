import { describe, expect, it } from 'vitest';
import { count, describeDelivery, describeSubscription, plain } from '../../../../scripts/demo/text.js';
import type { EventDeliveryStatus, WebhookSubscription } from '../../../../src/client/index.js';

const subscription = {
  name: 'Orders',
  url: 'https://user:word@hooks.example.com:8443/secret-path?token=secret-token',
  subscribedEvents: ['ConversationCreated'],
  enabled: true,
  headers: { Authorization: 'Bearer secret-value' },
  secretKey: 'ab'.repeat(32),
} as unknown as WebhookSubscription;

describe('the text of the demo', () => {
  it('describes a subscription by name, state, events and host, and by nothing secret', () => {
    expect(describeSubscription(subscription)).toBe('"Orders" is on, 1 event to hooks.example.com:8443');
  });

  it('describes a subscription of which Dixa shows little', () => {
    const { subscribedEvents, ...rest } = subscription;
    expect(describeSubscription({ ...rest, enabled: false, url: 'none' })).toBe(
      '"Orders" is off, events not shown to an address that is no URL',
    );
  });

  it('keeps what a terminal would obey out of names', () => {
    expect(plain('\u001b[31mred\u0007\r\n\u202egnirts\u2028')).toBe('[31mred gnirts');
  });

  it('cuts long texts', () => {
    expect(plain('a'.repeat(61))).toBe(`${'a'.repeat(59)}…`);
    expect(plain('a'.repeat(60))).toBe('a'.repeat(60));
  });

  it('counts in the singular and in the plural', () => {
    expect([0, 1, 2].map((many) => count(many, 'event'))).toEqual(['0 events', '1 event', '2 events']);
  });

  it('describes a state of a delivery that this version does not know', () => {
    const status = { event: 'ConversationCreated', deliveryStatus: { _type: 'Newer' } } as unknown;
    expect(describeDelivery(status as EventDeliveryStatus)).toEqual(['a state that this version does not know', '']);
  });
});
