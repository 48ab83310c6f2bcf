import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../../scripts/lib/package.js';
import { call } from '../../../support/run-main.js';

/** Runs a function in a temporary project with the small contract and its ledger. */
export async function inSmallProject<T>(work: (folder: string) => T): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  try {
    for (const [from, to] of [
      [join(import.meta.dirname, 'contract.yaml'), 'openapi/dixa-webhooks.yaml'],
      [join(import.meta.dirname, 'ledger.yaml'), 'openapi/curation.yaml'],
      [join(root, 'openapi/curation.schema.json'), 'openapi/curation.schema.json'],
      [join(root, 'redocly.yaml'), 'redocly.yaml'],
    ] as const) {
      cpSync(from, join(folder, to));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Calls a command as {@link call} does, and takes the line break after its last line away. */
export async function outcome(...given: Parameters<typeof call>): ReturnType<typeof call> {
  const { code, output } = await call(...given);
  return { code, output: output.replace(/\n$/, '') };
}
