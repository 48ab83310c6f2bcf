import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import contract from '../../../../generated/openapi.json' with { type: 'json' };
import { redocly } from '../../../../scripts/lib/redocly.js';

export const projectRoot = fileURLToPath(new URL('../../../..', import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: faults break the shape of the document, which is what they are for
export type Document = any;

/** One fault: where it is planted, and how. */
export interface Fault {
  rule: string;
  where: string;
  plant: (document: Document) => void;
}

/** Plants each fault in a copy of the contract of its own and lints all the copies in one process, by the project's own configuration. */
export async function lintPlanted(plants: Fault['plant'][]): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-rules-'));
  try {
    for (const name of ['redocly.yaml', 'package.json', 'openapi']) {
      await cp(join(projectRoot, name), join(folder, name), { recursive: true });
    }
    const names = plants.map((_, index) => `planted-${index}.json`);
    for (const [index, plant] of plants.entries()) {
      const document = structuredClone(contract);
      plant(document);
      await writeFile(join(folder, `planted-${index}.json`), JSON.stringify(document));
    }
    const { stdout } = await redocly(['lint', '--format=json', ...names], folder);
    return reportsIn(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rules that redocly.yaml names, so that a new one fails its test until a fault is planted for it. */
export async function rulesInConfiguration(): Promise<string[]> {
  const [, rules = ''] = (await readFile(join(projectRoot, 'redocly.yaml'), 'utf8')).split(/^rules:$/m);
  return [...rules.matchAll(/^ {2}([\w/-]+):/gm)].map(([, id = '']) => id);
}

/** The ids of the rules by which lint fails, for each document. Redocly prints one JSON object after another. */
function reportsIn(stdout: string): string[][] {
  return stdout.split(/(?<=^\})(?=\{$)/m).map((text) => {
    const { problems } = JSON.parse(text) as { problems: { ruleId: string; severity: string }[] };
    const ids = problems.map(({ ruleId, severity }) =>
      severity === 'error' ? ruleId : `${ruleId}: only a ${severity}`,
    );
    return [...new Set(ids)];
  });
}
