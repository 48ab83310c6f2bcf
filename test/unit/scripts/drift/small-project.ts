import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { root } from '../../../../scripts/lib/package.js';

/** Does something in a folder that holds the small contract and its ledger as a project does, and removes the folder. */
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

/** Calls the main function of a command, and tells what it prints and its exit code. */
export async function outcome(main: (args: string[]) => Promise<number>, args: string[]) {
  const printed: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((text) => void printed.push(text)),
  );
  try {
    const code = await main(args);
    return { code, output: printed.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
