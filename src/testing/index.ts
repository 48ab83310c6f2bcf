export { printAsDixa } from '../shared/dixa-json.js';
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
