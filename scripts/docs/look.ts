import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../lib/chromium.js';
import { views as allViews, opening, redocsOwnFaults, type Stop, stops, type View } from './tour.js';

declare global {
  interface Window {
    axe: typeof Axe;
  }
}

/** What was seen of the page. */
export interface Look {
  /** What is wrong with it, in sentences. */
  readonly faults: readonly string[];
  readonly screenshots: readonly string[];
}

export interface LookOptions {
  /** How long something may take to be seen: the page is large, and the machine may be busy. */
  readonly patienceMs?: number;
  readonly views?: readonly View[];
}

/**
 * Opens the page in a browser without a server, clicks through it as a reader would, and saves what it looks like.
 *
 * @param file the page
 * @param folder where the screenshots go
 */
export async function look(
  executablePath: string,
  file: string,
  folder: string,
  { patienceMs = 60_000, views = allViews }: LookOptions = {},
): Promise<Look> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    const faults: string[] = [];
    const screenshots: string[] = [];
    for (const view of views) {
      const tell = (fault: string) => faults.push(`${view.name}: ${fault}`);
      const page = await open(browser, view, tell);
      page.setDefaultTimeout(patienceMs);
      await page.goto(pathToFileURL(file).href, { timeout: 0 });
      await walk(page, view, tell, async (page, name) => {
        const path = join(folder, `${view.name}-${name}.png`);
        await standStill(page);
        await page.screenshot({ path, animations: 'disabled', timeout: 0 });
        screenshots.push(path);
      });
    }
    return { faults, screenshots };
  } finally {
    await browser.close();
  }
}

/** Waits until the page has stood still for some frames: Redoc still scrolls when what was asked for is in sight. */
async function standStill(page: Page): Promise<void> {
  let [before, frames] = ['', 0];
  while (frames < 10) {
    const now = await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      return `${scrollY} of ${document.documentElement.scrollHeight}`;
    });
    frames = now === before ? frames + 1 : 0;
    before = now;
  }
}

type Tell = (fault: string) => void;

async function open(browser: Browser, { width, height, colorScheme }: View, tell: Tell): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) tell(`it asks for ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') tell(`the console says: ${message.text()}`);
  });
  page.on('pageerror', (error) => tell(`an error is thrown: ${error.message}`));
  return page;
}

async function walk(
  page: Page,
  { width }: View,
  tell: Tell,
  shoot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  try {
    for (const stop of [opening, ...stops]) {
      await go(page, stop);
      await shoot(page, stop.name);
      await judge(page, stop, tell);
      if (stop.name === 'operation') await chooseCurl(page);
      if (stop.name === 'event') await copySample(page, stop, tell);
    }
    if (width > 1000) await searchByKeyboard(page);
    else await shootMenu(page, shoot);
  } catch (error) {
    // What did not appear is a fault of the page. The rest of the walk depends on it.
    tell((error as Error).message.split('\n')[0] ?? 'something did not appear');
    await shoot(page, 'fault');
  } finally {
    await page.close();
  }
}

async function go(page: Page, { menu, heading, shows }: Stop): Promise<void> {
  const button = page.getByTestId('floating-button');
  for (const entry of menu) {
    const link = page.locator('.menu-content').getByText(entry, { exact: true });
    if (!(await link.isVisible())) await button.click();
    await link.click();
  }
  const title = page.getByRole('heading').filter({ hasText: heading });
  await title.first().waitFor();
  for (const text of shows) await page.getByText(text).first().waitFor();
  await page.waitForFunction(isInSight, heading).catch((cause: Error) => {
    throw new Error(`"${heading}" does not come into sight, or lies behind the bar of the menu`, { cause });
  });
}

/** Runs in the page: whether this heading is near the top, below the bar of the menu where there is one. */
function isInSight(heading: string): boolean {
  const bar = document.querySelector('[data-testid="floating-button"]')?.getBoundingClientRect().bottom ?? 0;
  return [...document.querySelectorAll('h1, h2')].some((each) => {
    const { top } = each.getBoundingClientRect();
    return each.textContent?.startsWith(heading) && top >= bar && top < 200;
  });
}

async function judge(page: Page, { name }: Stop, tell: Tell): Promise<void> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (sideways > 0) tell(`${name}: it scrolls sideways by ${sideways} px`);
  const astray = await page.evaluate(() =>
    [...document.querySelectorAll('a[href]')]
      .map((link) => `${link.getAttribute('href')}`)
      .filter((href) => !/^(#\/|https:\/\/)/.test(href)),
  );
  if (astray.length > 0) tell(`${name}: links lead out of the file: ${astray.join(', ')}`);
  const broken = await page.evaluate(namesBrokenWithin);
  if (broken.length > 0) tell(`${name}: lines break within words: ${broken.join(', ')}`);
  await page.evaluate(await axe());
  const { violations } = await page.evaluate(
    (ids) =>
      window.axe.run(document, {
        rules: Object.fromEntries(ids.map((id) => [id, { enabled: false }])),
        // What is all right is not worth the time to describe it.
        resultTypes: ['violations'],
        selectors: false,
      }),
    redocsOwnFaults,
  );
  for (const { id, help, nodes } of violations) {
    const places = nodes.slice(0, 3).map(({ html }) => html.slice(0, 200));
    tell(`${name}: ${help} (${id}), ${nodes.length} times: ${places.join(' … ')}`);
  }
}

/** Runs in the page: the words of its headings and of its menu that begin on one line and end on the next. */
function namesBrokenWithin(): string[] {
  const range = document.createRange();
  return [...document.querySelectorAll('h1, h2, main td, .menu-content [data-text]')].flatMap((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const broken: string[] = [];
    while (walker.nextNode()) {
      const { data } = walker.currentNode as Text;
      for (const word of data.matchAll(/\S+/g)) {
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word[0]);
      }
    }
    return broken;
  });
}

/** The source of axe-core, to be run in the page. */
const axe = () => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The second sample of an operation. */
async function chooseCurl(page: Page): Promise<void> {
  const panel = page.locator('.panel-request-samples').filter({ hasText: 'await dixa.create({' });
  await panel.getByRole('button', { name: 'TypeScript' }).click();
  await page.getByRole('menuitem', { name: 'curl' }).first().click();
  await page.getByText('curl --fail-with-body --request POST').first().waitFor();
}

/** Copies the sample of an event, whole. */
async function copySample(page: Page, { heading }: Stop, tell: Tell): Promise<void> {
  const sample = page.locator('.sample').filter({ hasText: heading }).first();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await sample.getByRole('button', { name: 'Copy' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const code = sample.locator('pre');
  const shown = { text: await code.textContent(), lines: (await code.locator('br').count()) + 1 };
  const isWhole = copied.replaceAll('\n', '') === shown.text && copied.split('\n').length === shown.lines;
  if (!isWhole) tell(`what was copied is not the sample: ${copied}`);
}

/** Finds a property without the mouse. */
async function searchByKeyboard(page: Page): Promise<void> {
  await page.getByText('Search Ctrl+K').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('secretKey');
  await page.locator('[data-component-name="Search/SearchItem"]').first().waitFor();
  await page.keyboard.press('Escape');
}

async function shootMenu(page: Page, shoot: (page: Page, name: string) => Promise<void>): Promise<void> {
  await page.getByTestId('floating-button').click();
  await page.locator('.menu-content').getByText('Subscriptions', { exact: true }).waitFor();
  await shoot(page, 'menu');
}
