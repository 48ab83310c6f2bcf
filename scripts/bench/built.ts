/** The built client. The type checker sees the sources of what is built: dist/ may not have been. */
export type BuiltClient = typeof import('../../src/index.js');

/** The built receiver, on one of its back ends. */
export type BuiltReceiver = typeof import('../../src/receiver/index.js');

/** Where the package was built to: as Node takes it, and the receiver as a bundler makes it for a browser or a worker. */
export interface BuiltFiles {
  readonly client: string;
  readonly node: string;
  readonly web: string;
  /** The built `dixa-webhooks/receiver/node`. */
  readonly listener: string;
}
