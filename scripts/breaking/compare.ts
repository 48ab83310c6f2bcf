import { join } from 'node:path';
import { apiFile, render } from '../generate/generate.js';
import { compareApi } from './api.js';
import { casesFolder, compileOldCode } from './code.js';
import { compareContracts } from './contract.js';
import type { Finding } from './finding.js';
import { compareManifests, type Manifest } from './manifest.js';
import type { Release } from './release.js';
import { shippedPaths } from './shipped.js';

const contractFile = 'generated/openapi.json';

/** One thing that was compared: what was found, or why it could not be looked at. */
export interface Part {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly missing?: string;
}

/**
 * Compares the project in `root`, of which `manifest` is the package.json, with a release. What is generated is made anew for it, so that
 * none of it can be stale.
 */
export async function compareWith(
  release: Release,
  root: string,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<Part[]> {
  const files = await render(root);
  const parts: Part[] = [];
  const add = async (title: string, file: string, find: (old: string) => Finding[] | Promise<Finding[]>) => {
    const old = await release.read(file);
    if (old === undefined) parts.push({ title, findings: [], missing: `${release.name} has no ${file}.` });
    else parts.push({ title, findings: await find(old) });
  };
  await add('the contract', contractFile, (old) => compareContracts(old, files[contractFile] ?? '', signal));
  signal.throwIfAborted();

  const instead = new Map(Object.entries(files).map(([file, text]) => [join(root, file), text]));
  const cases = await release.list(casesFolder);
  const old = await compileOldCode(cases, (file) => release.read(file), { root, instead });
  parts.push({ title: 'old type tests and README snippets, compiled anew', findings: old });

  await add('the exports', apiFile, (old) => compareApi(old, files[apiFile] ?? ''));
  parts.push({ title: 'package.json', findings: compareManifests(release.manifest, manifest) });

  const changed = await release.changed(shippedPaths(manifest));
  const shipped = changed.map((where): Finding => ({ level: 'patch', where, what: 'was changed' }));
  parts.push({ title: 'files that are packed, or built into those', findings: shipped });
  return parts;
}
