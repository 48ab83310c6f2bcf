/** The built receiver, on one of its back ends. The type checker sees the sources: dist/ may not have been built. */
export type BuiltReceiver = typeof import('../../src/receiver/index.js');

/** Where the receiver was put: as Node takes it, and as a bundler makes it for a browser or a worker. */
export interface ReceiverFiles {
  readonly node: string;
  readonly web: string;
  /** The built `dixa-webhooks/receiver/node`. */
  readonly listener: string;
}
