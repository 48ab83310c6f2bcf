import type { Receiver } from 'dixa-webhooks/receiver';
import type { Platform, Server } from './platform.js';

/** What is sent to a receiver. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream | null;
}

/** A receiver that can be reached. */
export interface Reached {
  send(sent: Sent): Promise<Response>;
  close(): Promise<void>;
}

/** A way into a receiver. */
export interface Entrance extends Pick<Server, 'name' | 'answersEarly'> {
  open(receiver: Receiver): Promise<Reached>;
}

/** All ways that a runtime has: with a `Request` made there, and over HTTP through each server. */
export function entrancesOf({ servers }: Platform): Entrance[] {
  return [
    {
      name: 'receiver.fetch',
      answersEarly: true,
      open: async ({ fetch }) => ({
        send: (sent) => fetch(new Request('https://example.test/dixa', initOf(sent))),
        close: async () => {},
      }),
    },
    ...servers.map(
      ({ serve, ...server }): Entrance => ({
        ...server,
        async open(receiver) {
          const { url, close } = await serve(receiver);
          return { send: (sent) => fetch(url, initOf(sent)), close };
        },
      }),
    ),
  ];
}

function initOf({ method = 'POST', headers = {}, body = null }: Sent): RequestInit {
  // A body that is a stream must be announced as one; the types of browsers do not know it yet.
  return { method, headers, body, ...(body instanceof ReadableStream && { duplex: 'half' }) } as RequestInit;
}
