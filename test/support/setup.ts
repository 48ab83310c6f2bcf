import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build/build.js';
import { root } from '../../scripts/lib/package.js';
import { makePackedProject, type Tarball } from './packed-project.js';
import { startPrism } from './prism.js';
import { compilePrograms } from './programs.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Prism serves the contract, without a trailing slash. */
    prismUrl: string;
    /** The tarball as npm would publish it. */
    tarball: Tarball;
    /** A project that has the tarball installed, and the programs of test/package/consumer. */
    consumer: string;
  }
}

type Stop = () => Promise<void>;

/** Starts once what several test files share, each only if one of the files to run needs it. */
export default async function setup(project: TestProject): Promise<Stop> {
  const files = project.vitest.state.getPaths();
  const areRun = (...folders: string[]) =>
    folders.some((folder) => files.some((file) => file.startsWith(join(root, 'test', folder))));
  const stops: Stop[] = [];
  if (areRun('contract', 'docs', 'package')) stops.push(await servePrism(project));
  if (areRun('package', 'examples')) await build();
  if (areRun('examples', 'redis') && existsSync(join(root, 'examples/node_modules'))) await compilePrograms();
  if (areRun('package')) stops.push(await installPackage(project));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

/** Serves the contract as shipped. */
async function servePrism(project: TestProject): Promise<Stop> {
  const prism = await startPrism(join(root, 'generated/openapi.json'));
  project.provide('prismUrl', prism.url);
  return () => prism.close();
}

async function installPackage(project: TestProject): Promise<Stop> {
  const { tarball, folder, remove } = await makePackedProject(join(root, 'test/package/consumer'));
  project.provide('tarball', tarball);
  project.provide('consumer', folder);
  return remove;
}
