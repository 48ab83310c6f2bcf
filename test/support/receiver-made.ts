import { vi } from 'vitest';
import { createReceiver, type Delivery, type ErrorContext, type ReceiverOptions } from '../../src/receiver/index.js';
import { eventDelivery, secret } from './receiver-delivery.js';

/** A receiver that takes note of what happens, in turn. */
export function notingReceiver(options: Partial<ReceiverOptions> = {}) {
  const receiver = createReceiver({ secret, ...options });
  const notes: string[] = [];
  const onError = vi.fn((error: unknown, _context: ErrorContext): unknown => {
    notes.push(`error: ${(error as Error)?.message}`);
    return undefined;
  });
  receiver.onError(onError);
  /** A handler that notes its name. */
  const note = (name: string) => () => void notes.push(name);
  /** Receives an event with these fields. */
  const event = async (fields?: Readonly<Record<string, unknown>>, more: Partial<Delivery> = {}) =>
    receiver.receive({ ...(await eventDelivery(fields)), ...more });
  return { receiver, notes, note, event, onError };
}

/** A promise and what settles it. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** What was printed by `console.error` while a test runs. */
export function printed() {
  return vi.spyOn(console, 'error').mockImplementation(() => {});
}
