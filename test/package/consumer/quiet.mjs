// Imports the installed package and prints what that changed, which must be nothing.
const state = () => ({
  globals: Reflect.ownKeys(globalThis).map(String),
  fetch: globalThis.fetch,
  listeners: process.eventNames().map((name) => `${String(name)}: ${process.listenerCount(name)}`),
  resources: process.getActiveResourcesInfo(),
  environment: JSON.stringify(process.env),
});

// The first import of any module leaves its traces in the process; this one takes them.
await import('node:path');
const before = state();
await import('dixa-webhooks');
await import('dixa-webhooks/receiver');
await import('dixa-webhooks/receiver/node');
await import('dixa-webhooks/receiver/redis');
await import('dixa-webhooks/testing');
await import('dixa-webhooks/manage');
const after = state();

const changed = Object.keys(before).filter((key) =>
  typeof before[key] === 'function' ? before[key] !== after[key] : String(before[key]) !== String(after[key]),
);
console.log(JSON.stringify({ changed }));
