import type { Receiver } from 'dixa-webhooks/receiver';
import type { Check } from './check.js';

/** What a runtime is and has. Its program says so. */
export interface Platform {
  /** Which back end `#hmac` must be. */
  readonly backEnd: 'node:crypto' | 'WebCrypto';
  /** Whether the error of `fetch` distinguishes a refused connection from a lost one. */
  readonly tellsRefusal: boolean;
  /** Whether `fetch` retries a POST on its own if a kept-alive connection is lost before the response, which cannot be prevented. */
  readonly repeatsPosts: boolean;
  /** A page of a browser: it hides redirects, sets its own `User-Agent`, and the client must be allowed there. */
  readonly isBrowser: boolean;
  /** All that a log shows of a value, where the runtime has such a function. */
  readonly inspect?: (value: unknown) => string;
  /** What can serve a receiver there. */
  readonly servers: readonly Server[];
  /** What only this runtime can do. */
  readonly ownChecks?: readonly Check[];
}

/** A server of a runtime's. */
export interface Server {
  /** How it gets at the receiver. */
  readonly name: string;
  /** Whether a response reaches a sender that is still sending its body. If not, the server closes the connection. */
  readonly answersEarly: boolean;
  /** Serves a receiver on the loopback interface. */
  serve(receiver: Receiver): Promise<Served>;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}
