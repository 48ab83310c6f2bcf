import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { transform } from 'esbuild';
import type { Contract } from '../lib/contract.js';
import { type Manifest, readmeFile, referenceFile } from '../lib/package.js';
import { packageFile, runNode } from '../lib/run-node.js';
import { contentOf, section } from '../lib/written-section.js';
import { pageDocument } from './document.js';

/** Options of Redoc. */
const redocOptions = {
  schemaDefinitionsTagName: 'Schemas',
  layout: 'stacked', // Next to the text, code would have no room.
  hideDownloadButtons: true,
  sortRequiredPropsFirst: true,
  maxDisplayedEnumValues: 8,
  jsonSamplesExpandLevel: 3,
  // In the order of the tabs. `Payload` is the body alone.
  codeSamples: { languages: [{ lang: 'curl' }, { lang: 'Payload' }] },
};

/** The logo that the footer of the sidebar would load from Redocly's server. */
const redoclyLogo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g;

/** The replacement for the logo. */
const redocName =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 16"><text y="12" font-family="sans-serif" font-size="12" font-weight="700" fill="#2f7df6">Redoc</text></svg>';

/** Builds the reference page of the contract in `root`: one file that loads no others. */
export async function buildPage(root: string): Promise<string> {
  const read = (name: string) => readFile(join(root, name), 'utf8');
  const contract: Contract = JSON.parse(await read('generated/openapi.json'));
  const { name, version }: Manifest = JSON.parse(await read('package.json'));
  const document = pageDocument(contract, {
    packageVersion: version,
    introduction: await read('docs/introduction.md'),
    reference: await read(referenceFile),
    commands: contentOf(await read(readmeFile), section(readmeFile, 'commands', 'npm run generate')),
    programs: await readPrograms(root),
  });
  const { code: script } = await transform(await read('docs/page.ts'), { loader: 'ts', target: 'es2022' });
  return render(root, document, {
    title: `${name} ${version}: the reference`,
    css: await read('docs/page.css'),
    script,
    icon: dataUri(await read('docs/mark.svg')),
    description: contract.info.summary ?? '',
  });
}

/** The programs of docs/samples by name. */
export async function readPrograms(root: string): Promise<Record<string, string>> {
  const folder = join(root, 'docs/samples');
  const files = await readdir(folder);
  const programs = files.map(async (file) => [parse(file).name, await readFile(join(folder, file), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(programs));
}

/** Renders the document with redocly and the template docs/page.hbs, which uses these values. */
async function render(root: string, document: Contract, values: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  const [input, output] = [join(folder, 'document.json'), join(folder, 'index.html')];
  try {
    await writeFile(input, JSON.stringify(document));
    const { code, stderr } = await runNode(
      [
        packageFile('@redocly/cli', 'bin/cli.js'),
        'build-docs',
        input,
        '--inlineBundle',
        `--output=${output}`,
        `--openapi=${JSON.stringify(redocOptions)}`,
        `--template=${join(root, 'docs/page.hbs')}`,
        ...Object.entries(values).map(([name, value]) => `--templateOptions.${name}=${value}`),
      ],
      // Without the network.
      { cwd: root, env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
    );
    if (code !== 0) throw new Error(`redocly build-docs failed:\n${stderr.trim()}`);
    return standalone(await readFile(output, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes everything from the page that refers to a server. */
function standalone(page: string): string {
  if (!redoclyLogo.test(page)) {
    throw new Error(`The page no longer loads ${redoclyLogo.source}: check what it loads instead.`);
  }
  const [rendered = '', ...scripts] = page.split('<script type="module">');
  // The prerendered menu links to paths on a server. Clicks work, but opening a link in a new tab would not.
  const linked = rendered.replaceAll(/(<a [^>]*href=")\/(?=[^/])/g, '$1#/').replaceAll('href="/"', 'href="#/"');
  const local = [linked, ...scripts].join('<script type="module">').replaceAll(redoclyLogo, dataUri(redocName));
  return local.replace('{policy}', () => policyFor(local));
}

/** A policy that allows only the page's own scripts, the first and the last two. A text of the contract could contain HTML with others. */
function policyFor(page: string): string {
  const [, first = ''] = page.split('<script>');
  const hashes = [first, ...page.split('<script type="module">').slice(-2)].map((part) => {
    const code = part.slice(0, part.indexOf('</script>'));
    return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
  });
  return `default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
}

const dataUri = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg.trim())}`;
