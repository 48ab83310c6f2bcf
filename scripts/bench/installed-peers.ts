import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/package.js';

/** Where the peers are, with a package.json of their own. */
export const benchFolder = join(root, 'scripts/bench');

/** The peers with their pinned versions, as `name version`. */
export function pinnedPeers(): string[] {
  return Object.entries(dependenciesOf(benchFolder)).map(([name, version]) => `${name} ${version}`);
}

/** Those that are not installed in the pinned version. */
export function missingPeers(): string[] {
  return pinnedPeers().filter((peer) => {
    const [name = '', version] = peer.split(' ');
    const folder = join(benchFolder, 'node_modules', name);
    return !existsSync(folder) || readManifest(folder).version !== version;
  });
}

function dependenciesOf(folder: string): Record<string, string> {
  return readManifest(folder).dependencies ?? {};
}

function readManifest(folder: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
