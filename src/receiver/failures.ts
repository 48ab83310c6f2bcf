import { DixaConfigurationError, DixaError } from '../shared/errors.js';
import { DixaPayloadError, DixaSignatureError } from './errors.js';

/** The response status: 4xx if the sender is at fault, otherwise 500. */
export function statusOf(error: unknown): number {
  if (isA(error, DixaPayloadError)) return error.status;
  if (isA(error, DixaSignatureError)) return error.reason.endsWith('header') ? 400 : 401;
  return 500;
}

/** Like `instanceof`, but returns false if a proxy's trap throws. */
function isA<E>(error: unknown, type: new (...args: never[]) => E): error is E {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}

/** The error of a delivery for which the secret function returned none. */
export function noSecret(subscriptionId: string | undefined): DixaSignatureError {
  const why = subscriptionId ? '' : ', which is missing or is not a UUID';
  return new DixaSignatureError(
    'no-secret',
    `The secret function found no secret for the X-DIXA-SUBSCRIPTION-ID header${why}.`,
  );
}

/** The response of `receiver.fetch` to anything but a `Request`. */
export function refuseNonRequest(response: unknown): Response {
  const fix = 'pass event.request or c.req.raw, or on Node use toNodeListener(receiver)';
  report('a delivery failed', new DixaConfigurationError(`receiver.fetch needs a Request: ${fix}.`));
  // Express calls its handlers with a response as the second argument, and waits until it is ended.
  const second = Object(response) as { statusCode: number; end?: unknown };
  if (typeof second.end === 'function') {
    second.statusCode = 500;
    second.end();
  }
  return new Response(null, { status: 500 });
}

/** The errors whose messages are printed. Other messages may quote the event. */
const printed = /^Dixa(Configuration|Signature)?Error$/;

/** Writes one line. */
export function report(what: string, error: unknown): void {
  let why = 'Error';
  try {
    const { name } = error as Error;
    why = isA(error, DixaError) && printed.test(name) ? error.message : `${/^\w*/.exec(name)}`;
  } catch {
    // The thrown value has no name.
  }
  console.error(`dixa-webhooks: ${what}: ${why}`);
}
