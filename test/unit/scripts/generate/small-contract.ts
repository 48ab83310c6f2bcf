import type { Contract } from '../../../../scripts/lib/contract.js';

/** A contract with only the given parts. */
export const smallContract = (changes: object): Contract => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1', description: 'x' },
  servers: [],
  tags: [],
  paths: {},
  webhooks: {},
  components: { schemas: {} },
  ...changes,
});
