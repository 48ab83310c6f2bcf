import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startPrism } from '../../scripts/lib/prism.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Prism serves the contract, without a trailing slash. */
    prismUrl: string;
  }
}

/** Starts Prism once for the whole run, on the contract as it is shipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prism = await startPrism(fileURLToPath(new URL('../../generated/openapi.json', import.meta.url)));
  project.provide('prismUrl', prism.url);
  return () => prism.close();
}
