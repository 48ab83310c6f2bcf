import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build/build.js';
import { makePackedProject, type Tarball } from '../support/packed-project.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball as npm would publish it. */
    tarball: Tarball;
    /** A project that has the tarball installed, and the programs of test/package/consumer. */
    consumer: string;
  }
}

/** Builds and packs the package once for the run, and installs it into an empty project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  const { tarball, folder, remove } = await makePackedProject(join(import.meta.dirname, 'consumer'));
  project.provide('tarball', tarball);
  project.provide('consumer', folder);
  return remove;
}
