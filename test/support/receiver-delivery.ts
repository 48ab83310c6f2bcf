import { type SignOptions, signPayload } from '../../src/receiver/index.js';

/** A secret as Dixa makes them, and another. They sign nothing but tests. */
export const secret = '0f'.repeat(32);
export const otherSecret = 'e1'.repeat(32);

export const subscriptionId = '3f0d6f3e-8a52-4a8e-9a65-1e1f0c1d2b3a';

/** What a sender sends, before it becomes the request of a platform. */
export interface Sent {
  readonly method?: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The text of an event, printed as Dixa prints it. */
export function eventText(fields: Readonly<Record<string, unknown>> = {}): string {
  const event = {
    event_id: '0b0f4d8e-1111-4222-8333-444455556666',
    event_fqn: 'CONVERSATION_CREATED',
    event_version: '1',
    event_timestamp: '2026-11-23T08:00:00.000Z',
    organization: { id: '7c1f9a10-aaaa-4bbb-8ccc-ddddeeeeffff', name: 'Example' },
    data: { conversation: { csid: 1 } },
    ...fields,
  };
  return JSON.stringify(event, null, 2).replaceAll('": ', '" : ');
}

/** A delivery that is rightly signed, unless the options say otherwise. */
export async function delivery(
  body: string | Uint8Array = eventText(),
  options: Partial<SignOptions> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Sent> {
  const { headers, ...signing } = options;
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-dixa-signature': await signPayload({ body, secret, ...signing }),
      'x-dixa-subscription-id': subscriptionId,
      ...headers,
    },
  };
}

/** A delivery of an event with these fields. */
export function eventDelivery(fields?: Readonly<Record<string, unknown>>): Promise<Sent> {
  return delivery(eventText(fields));
}

/** What a promise rejects with. Fails where it does not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was to reject, but did not.');
}

/** What a function throws. Fails where it does not. */
export function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was to throw, but did not.');
}
