import { DixaConfigurationError, DixaError } from '../shared/errors.js';
import { DixaPayloadError, DixaSignatureError } from './errors.js';

/** The status for an error of the sender's, and 500 for any other. */
export function statusOf(error: unknown): number {
  if (isA(error, DixaPayloadError)) return error.status;
  if (isA(error, DixaSignatureError)) return error.reason.endsWith('header') ? 400 : 401;
  return 500;
}

/** As `instanceof`, but a proxy's trap that throws does no harm. */
export function isA<E>(error: unknown, type: new (...args: never[]) => E): error is E {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}

/** The error of a delivery for which the secret function returned none. */
export function noSecret(subscriptionId: string | undefined): DixaSignatureError {
  const why = subscriptionId
    ? 'the secret function found none for the subscription of the X-DIXA-SUBSCRIPTION-ID header'
    : 'the X-DIXA-SUBSCRIPTION-ID header is missing or is not a UUID, and the secret function found none without it';
  return new DixaSignatureError('no-secret', `There is no secret: ${why}.`);
}

/** Whether it is a `Request`, of any realm. Not so are the requests of Node, and what frameworks pass instead. */
export function isRequest(value: unknown): value is Request {
  const { headers, arrayBuffer } = Object(value) as Partial<Request>;
  return typeof headers?.get === 'function' && typeof arrayBuffer === 'function';
}

/** The response of `receiver.fetch` to anything but a `Request`. */
export function refuseNonRequest(response: unknown): Response {
  const fix = 'pass it event.request or c.req.raw, or on Node use toNodeListener(receiver)';
  report('a delivery failed', new DixaConfigurationError(`receiver.fetch got no Request: ${fix}.`));
  // Express calls its handlers with a response as the second argument, and waits until that is ended.
  const { writeHead, end } = Object(response) as { writeHead?: unknown; end?: unknown };
  if (typeof writeHead === 'function' && typeof end === 'function') {
    writeHead.call(response, 500);
    end.call(response);
  }
  return new Response(null, { status: 500 });
}

/** The errors whose messages are printed: those of the receiver. The message of any other may quote the event. */
const printed = ['DixaError', 'DixaConfigurationError', 'DixaSignatureError'];

/** Writes one line. */
export function report(what: string, error: unknown): void {
  let why = 'see receiver.onError().';
  try {
    const { name } = error as Error;
    why = isA(error, DixaError) && printed.includes(name) ? error.message : `${/^\w*/.exec(name)}; ${why}`;
  } catch {
    // What was thrown has no name.
  }
  console.error(`dixa-webhooks: ${what}: ${why}`);
}
