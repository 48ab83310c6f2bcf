import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bundledSize } from '../check/sizes.js';
import { compilers } from '../lib/compilers.js';
import { manifest, root } from '../lib/package.js';
import { runNode } from './harness.js';

/** A file that holds nothing, to be taken off. */
const empty = 'an empty file';

/** The smallest programs that read subscriptions, by package. */
export const clientPrograms: Readonly<Record<string, string>> = {
  'dixa-webhooks': `import { createDixaWebhooks } from 'dixa-webhooks';
    console.log((await createDixaWebhooks({ apiKey: 'x' }).list())[0]?.name);`,
  'openapi-fetch': `import createClient from 'openapi-fetch'; import type { paths } from './openapi.js';
    console.log((await createClient<paths>({ baseUrl: 'https://x' }).GET('/webhooks')).data?.data?.[0]?.name);`,
  ofetch: "import { ofetch } from 'ofetch'; console.log((await ofetch<{ name: string }>('https://x')).name);",
  ky: "import ky from 'ky'; console.log((await ky.get('https://x').json<{ name: string }>()).name);",
  axios: "import axios from 'axios'; console.log((await axios.get<{ name: string }>('https://x')).data.name);",
  [empty]: 'export {};',
};

const standard = (name: string) => `import { Webhook } from '${name}'; console.log(new Webhook('x').verify('', {}));`;

/** The smallest programs that verify a delivery and use its event. */
export const receiverPrograms: Readonly<Record<string, string>> = {
  'dixa-webhooks/receiver': `import { createReceiver } from 'dixa-webhooks/receiver'; const receiver = createReceiver({ secret: 'x' });
    receiver.on('ConversationCreated', ({ data }) => console.log(data.conversation?.csid));
    await receiver.receive({ body: '', headers: {} });`,
  '@octokit/webhooks': `import { Webhooks } from '@octokit/webhooks'; const webhooks = new Webhooks({ secret: 'x' });
    webhooks.on('push', ({ payload }) => console.log(payload.ref));
    await webhooks.verifyAndReceive({ id: '', name: 'push', signature: '', payload: '' });`,
  '@octokit/webhooks-methods': `import { verify } from '@octokit/webhooks-methods';
    if (await verify('x', '', '')) console.log(JSON.parse('{}'));`,
  stripe: "import Stripe from 'stripe'; console.log(new Stripe('x').webhooks.constructEvent('', '', 'x').type);",
  standardwebhooks: standard('standardwebhooks'),
  svix: standard('svix'),
};

const programs: Readonly<Record<string, string>> = { ...clientPrograms, ...receiverPrograms };

/** What packages cost before they have done anything, and how each cost is measured. */
export const sizeMeasures: Readonly<Record<string, (project: string, name: string) => Promise<number>>> = {
  'bundle, B': (project, name) =>
    bundledSize(programs[name] ?? '', { platform: name in clientPrograms ? 'browser' : 'node', resolveDir: project }),
  'installed, kB': async (project, name) => (name === empty ? 0 : installedSize(name, project)),
  'import, ms': (project, name) =>
    runNode(project, '--input-type=module', '--eval', importProgram, name === empty ? 'data:text/javascript,' : name),
  'type check, ms': async (project, name) => (await typeCheck(project, name)).cpuMs,
  'type check, MB': async (project, name) => checked.get(name) ?? (await typeCheck(project, name)).megabytes,
};

/** The CPU that an import takes in a Node process that has done nothing else. */
const importProgram = `await import('data:text/javascript,');
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit();`;

const options =
  '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node --singleThreaded --extendedDiagnostics';

/** The memory of each program's compiler, which is the same each time. */
const checked = new Map<string, number>();

/** A whole compiler process: CPU with all that it starts, as the shell counts it, and the memory it says it has used. */
async function typeCheck(project: string, name: string): Promise<{ cpuMs: number; megabytes: number }> {
  await copyFile(join(root, 'generated/openapi.ts'), join(project, 'openapi.ts'));
  await writeFile(join(project, 'use.ts'), programs[name] ?? '');
  const compile = [process.execPath, compilers['TypeScript 7'], ...options.split(' '), 'use.ts'];
  const shell = ['-c', `TIMEFORMAT='%U %S'; time "$0" "$@"`, ...compile];
  const { stdout, stderr } = await promisify(execFile)('bash', shell, { cwd: project });
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  const megabytes = Number(/^Memory used:\s+(\d+)K/m.exec(stdout)?.[1]) / 1024;
  checked.set(name, megabytes);
  return { cpuMs: (user + system) * 1000, megabytes };
}

/** Kilobytes of an installed package with all it depends on, each once. Optional peers are their user's choice. */
export function installedSize(name: string, from: string): number {
  const folders = new Set([name.startsWith(manifest.name) ? root : folderOf(name, from)]);
  let bytes = 0;
  // The set grows while it is iterated.
  for (const folder of folders) {
    bytes += folder === root ? packedSize() : bytesIn(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) folders.add(folderOf(dependency, folder));
  }
  return bytes / 1024;
}

/** Bytes of this package as it would be published. */
function packedSize(): number {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], { cwd: root });
  return JSON.parse(packed.toString())[0].unpackedSize;
}

function folderOf(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error(`${name} is not installed.`);
  return folderOf(name, dirname(from));
}

/** What is nested in node_modules counts where it is needed. */
function bytesIn(folder: string): number {
  let bytes = 0;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stats = statSync(join(folder, file));
    if (stats.isFile() && !/(^|[\\/])node_modules[\\/]/.test(file)) bytes += stats.size;
  }
  return bytes;
}
