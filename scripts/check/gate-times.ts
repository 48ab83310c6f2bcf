import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../lib/package.js';

/** How long each gate took, in seconds, when all of them last passed on this machine. */
export type GateTimes = Readonly<Record<string, number>>;

const file = join(root, 'node_modules/.cache/dixa-webhooks/gate-times.json');

export async function writeGateTimes(times: GateTimes): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(times));
}

/** The times, or none where the gates never ran here. */
export async function readGateTimes(): Promise<GateTimes> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as GateTimes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
