import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { buildPage } from '../../scripts/docs/page.js';
import { root } from '../../scripts/lib/package.js';
import { chromiumFlags, findChromium } from '../support/chromium.js';
import { chromiumInstalled, describeWhere } from '../support/describe-where.js';
import { readContract } from './contract.js';
import { type LookOptions, look } from './look.js';

async function temporaryPage(html: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'look-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'index.html');
  await writeFile(file, html);
  return file;
}

/** A page that has what the first screen must have, and `more`. */
const pageWith = (more: string) => `<!DOCTYPE html>
<html lang="en">
<title>A page</title>
<main>
<h1>dixa-webhooks</h1>
<p>This is not Dixa's own documentation, nor a product of Dixa.</p>
<p>Nothing here was tested against the live API.</p>
${more}
</main>
`;

describeWhere([chromiumInstalled], 'the reference page', () => {
  it('has no fault in Chromium, wide and narrow, light and dark; screenshots are kept in dist-docs/', async () => {
    const file = await temporaryPage(await buildPage(root));
    const { faults, screenshots } = await look(findChromium() ?? '', file, join(root, 'dist-docs/screenshots'));
    expect(faults).toEqual([]);
    expect(screenshots).toHaveLength(26);
  });
});

describeWhere([chromiumInstalled], 'the content security policy of the page', () => {
  const plant = (how: string) => `<img src="data:," onerror="planted('${how}')"><script>planted('${how}')</script>`;

  /** The page of a contract whose texts hold scripts, and with scripts in its HTML, as if Redoc had let them pass. */
  async function plantedPage(): Promise<string> {
    const project = await mkdtemp(join(tmpdir(), 'planted-'));
    onTestFinished(() => rm(project, { recursive: true }));
    for (const name of ['docs', 'package.json', 'README.md', 'redocly.yaml', 'openapi/rules']) {
      await cp(join(root, name), join(project, name), { recursive: true });
    }
    const contract = readContract();
    contract.info.description = contract.info.description.replace('**Secrets.**', `$& ${plant('a paragraph')}`);
    for (const tag of contract.tags) tag.description += ` ${plant('a tag')}`;
    await mkdir(join(project, 'generated'));
    await writeFile(join(project, 'generated/openapi.json'), JSON.stringify(contract));
    return (await buildPage(project)).replace('<body>', `$&${plant('HTML')}`);
  }

  /** What ran while a reader went to the events. */
  async function whatRan(html: string): Promise<string[]> {
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumFlags });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const ran: string[] = [];
    await page.exposeFunction('planted', (how: string) => ran.push(how));
    await page.goto(`${pathToFileURL(await temporaryPage(html))}#/events`);
    await page.locator('[data-section-id="/events"] pre').first().waitFor();
    return ran;
  }

  it('lets no script run that a text of the contract holds, even if Redoc lets it pass', async () => {
    const html = await plantedPage();
    expect(await whatRan(html)).toEqual([]);
    const withoutPolicy = html.replace(/<meta http-equiv="Content-Security-Policy" [^>]*>/, '');
    expect(await whatRan(withoutPolicy)).toEqual(['HTML', 'HTML']);
  });
});

describeWhere([chromiumInstalled], 'the look at the page', () => {
  const faultsOf = async (html: string, only: NonNullable<LookOptions['only']>) => {
    const file = await temporaryPage(html);
    const folder = dirname(file);
    // It ends where there is no menu to click: everything before that has been judged.
    const options = { patienceMs: 5_000, only };
    const { faults } = await look(findChromium() ?? '', file, join(folder, 'screenshots'), options);
    return { faults, screenshots: await readdir(join(folder, 'screenshots')) };
  };

  it('finds what leads out of the file, errors, what is too wide and what cannot be read', async () => {
    const { faults } = await faultsOf(
      pageWith(`
        <img src="https://pictures.invalid/a.png" alt="a picture">
        <a href="/elsewhere">elsewhere</a>
        <h2 style="width: 4em; overflow-wrap: anywhere">ConversationMessageAdded</h2>
        <pre style="width: 100px; overflow: auto">a program that is wider than its place</pre>
        <p style="width: 2000px; color: #ccc; background: #fff">pale and wide</p>
        <script>console.error('broken'); setTimeout(() => { throw new Error('thrown'); });</script>`),
      ['wide', 'narrow'],
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        'wide: it asks for https://pictures.invalid/a.png',
        'wide: the console says: broken',
        'wide: an error is thrown: thrown',
        expect.stringMatching(/^wide: introduction: it scrolls sideways by \d+ px$/),
        'wide: introduction: code is cut off: a program that is wider than its place',
        'wide: introduction: links lead out of the file: /elsewhere',
        'wide: introduction: lines break within words: ConversationMessageAdded',
        expect.stringContaining('(color-contrast), 1 times: <p style='),
        expect.stringMatching(/^narrow: introduction: it scrolls sideways/),
      ]),
    );
  });

  it('finds nothing but the missing menu on a page that is all right so far, and shows where it stopped', async () => {
    const { faults, screenshots } = await faultsOf(pageWith(''), ['dark']);
    expect(faults).toEqual([expect.stringMatching('^dark: .*Timeout')]);
    expect(screenshots.sort()).toEqual(['dark-fault.png', 'dark-introduction.png']);
  });

  it('finds that the first screen does not say whose page it is', async () => {
    const { faults } = await faultsOf(
      pageWith('').replace("This is not Dixa's own documentation", 'This is documentation'),
      ['wide'],
    );
    expect(faults).toEqual([expect.stringMatching('^wide: .*Timeout')]);
  });
});
