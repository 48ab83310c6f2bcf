import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest, root } from '../lib/package.js';
import { type Consumer, clientConsumers, receiverConsumers } from './consumers.js';
import { benchFolder } from './installed-peers.js';
import type { BenchRow, OnCase } from './result.js';
import { measureByTurns, median, samplesByTurns } from './rounds.js';
import { measureBundle } from './size-bundle.js';
import { importTime } from './size-import.js';
import { installedSize, ownInstalledSize } from './size-installed.js';
import { measureTypeCheck } from './size-types.js';

const cases = [
  { name: 'clients', consumers: clientConsumers, target: 'browser' },
  { name: 'receivers', consumers: receiverConsumers, target: 'node' },
] as const;

/** What everything costs that does nothing: it is taken off. */
const nothing: Consumer = { package: '', program: 'export {};' };

/** How often to measure what is not the same each time: the start of a package, and its types, which 0 leaves out. */
export interface SizeRounds {
  readonly imports: number;
  readonly types: number;
}

/** Measures what packages cost before they have done anything. */
export async function measureSize({ imports, types }: SizeRounds, onCase: OnCase): Promise<void> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.consumers-'));
  try {
    await makeProject(folder);
    const own = ownInstalledSize();
    for (const { name, consumers, target } of cases) {
      const each = <Result>(measure: (consumer: Consumer) => Result) =>
        Object.fromEntries([nothing, ...consumers].map((consumer) => [consumer.package, () => measure(consumer)]));
      const loads = await measureByTurns(
        each(({ package: wanted }) => importTime(importOf(wanted), folder)),
        imports,
      );
      const checks = await samplesByTurns(
        each((consumer) => measureTypeCheck(fileOf(consumer), folder)),
        types,
      );
      const loadOf = (wanted: string) => loads[wanted] ?? Number.NaN;
      const instantiationsOf = (wanted: string) => checks[wanted]?.[0]?.instantiations ?? Number.NaN;
      const checkMsOf = (wanted: string) => median((checks[wanted] ?? []).map(({ ms }) => ms));

      const rows: BenchRow[] = [];
      for (const { package: wanted, program } of consumers) {
        const { gzipped } = await measureBundle({ name: wanted, program, target, resolveDir: folder });
        const isOwn = wanted.startsWith(manifest.name);
        const { kilobytes, dependencies } = isOwn ? own : installedSize(wanted, folder);
        const values = {
          bundle: gzipped,
          load: loadOf(wanted) - loadOf(''),
          installed: kilobytes,
          dependencies,
          instantiations: instantiationsOf(wanted) - instantiationsOf(''),
          typecheck: checkMsOf(wanted) - checkMsOf(''),
        };
        rows.push({ name: wanted, values });
      }
      onCase({ section: 'size', name, rows });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const importOf = (wanted: string) => wanted && `import ${JSON.stringify(wanted)}`;

const fileOf = ({ package: wanted }: Consumer) => `use-${wanted.replace(/\W+/g, '-') || 'nothing'}.ts`;

/** Fills a folder with the programs. The packages are found from it: the peers as it is among them, this one by a link. */
async function makeProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', manifest.name), 'junction');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await copyFile(join(root, 'generated/openapi.ts'), join(folder, 'openapi.ts'));
  for (const consumer of [nothing, ...clientConsumers, ...receiverConsumers]) {
    await writeFile(join(folder, fileOf(consumer)), consumer.program);
  }
}
