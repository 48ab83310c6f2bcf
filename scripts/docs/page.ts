import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { Contract } from '../lib/contract.js';
import { redocly } from '../lib/redocly.js';
import { pageDocument } from './document.js';
import { operationSamples } from './samples.js';

/** What redocly needs to be told of Redoc. */
const redocOptions = {
  schemaDefinitionsTagName: 'Schemas',
  layout: 'three-panel',
  hideDownloadButtons: true,
  sortRequiredPropsFirst: true,
  maxDisplayedEnumValues: 8,
  jsonSamplesExpandLevel: 3,
  // In the order of their tabs; `Payload` is the body alone.
  codeSamples: { languages: [{ lang: 'TypeScript' }, { lang: 'curl' }, { lang: 'Payload' }] },
};

/** What the sidebar would ask Redocly's server for, in the foot of it. */
const redoclyLogo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g;

/** What stands in the place of it. */
const redocName =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 16"><text y="12" font-family="sans-serif" font-size="12" font-weight="700" fill="#2f7df6">Redoc</text></svg>';

/** What keeps the page from being built, told without a stack. */
export class PageError extends Error {}

/** Builds the reference page of the contract in `root`: one file that asks for no other. */
export async function buildPage(root: string): Promise<string> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'docs-'));
  try {
    return standalone(await render(root, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function render(root: string, folder: string): Promise<string> {
  const contract: Contract = JSON.parse(await readFile(join(root, 'generated/openapi.json'), 'utf8'));
  const [introduction, verify, css, icon, script, samples] = await Promise.all([
    readFile(join(root, 'docs/introduction.md'), 'utf8'),
    readFile(join(root, 'docs/samples/verifySignature.ts'), 'utf8'),
    readFile(join(root, 'docs/page.css'), 'utf8'),
    readFile(join(root, 'docs/mark.svg'), 'utf8'),
    readFile(join(root, 'docs/page.ts'), 'utf8'),
    operationSamples(root, contract),
  ]);
  const document = pageDocument(contract, { introduction, verify, samples });
  const files = {
    document: join(folder, 'document.json'),
    options: join(folder, 'options.json'),
    page: join(folder, 'index.html'),
  };
  await writeFile(files.document, JSON.stringify(document));
  await writeFile(files.options, JSON.stringify(redocOptions));
  const { code: inPage } = await transform(script, { loader: 'ts', target: 'es2022' });
  const templateOptions = { css, script: inPage, icon: dataUri(icon), description: contract.info.summary ?? '' };
  const { code, stderr } = await redocly(
    [
      'build-docs',
      files.document,
      '--inlineBundle',
      `--output=${files.page}`,
      `--openapi=${files.options}`,
      `--template=${join(root, 'docs/page.hbs')}`,
      `--title=dixa-webhooks: the reference`,
      ...Object.entries(templateOptions).map(([name, value]) => `--templateOptions.${name}=${value}`),
    ],
    root,
  );
  if (code !== 0) throw new PageError(`redocly build-docs failed:\n${stderr.trim()}`);
  return readFile(files.page, 'utf8');
}

/** The page without what would lead out of its file. */
function standalone(page: string): string {
  if (!redoclyLogo.test(page)) {
    throw new PageError(`The page no longer asks for ${redoclyLogo.source}: see what it asks for now.`);
  }
  const [rendered = '', ...scripts] = page.split('<script type="module">');
  // Rendered beforehand, the menu has addresses of a server; a click follows them within the page, a new tab would not.
  const linked = rendered.replaceAll(/(<a [^>]*href=")\/(?=[^/])/g, '$1#/').replaceAll('href="/"', 'href="#/"');
  return [linked, ...scripts].join('<script type="module">').replaceAll(redoclyLogo, dataUri(redocName));
}

const dataUri = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg.trim())}`;
