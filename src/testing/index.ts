export { type SignedDeliveryOptions, type Spoiling, signedDelivery, spoilings } from './delivery.js';
export { sampleEvent } from './sample.js';
export { createSandbox } from './sandbox.js';
export { startSandbox } from './server.js';
export type {
  Overrides,
  SampleOverrides,
  Sandbox,
  SandboxDelivery,
  SandboxOptions,
  SandboxServer,
  SandboxServerOptions,
  SandboxSubscription,
  SignedDelivery,
  TriggerOptions,
} from './types.js';
