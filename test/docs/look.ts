import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../support/chromium.js';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** How the page is looked at. */
const views = {
  wide: { width: 1280, height: 900, colorScheme: 'light' },
  dark: { width: 1280, height: 900, colorScheme: 'dark' },
  narrow: { width: 390, height: 844, colorScheme: 'light' },
  narrowDark: { width: 390, height: 844, colorScheme: 'dark' },
} as const;

type View = keyof typeof views;

/** Where a reader goes: the menu's entries to click, of which the last is the heading there, and texts that must be seen. */
const stops: Readonly<Record<string, { readonly menu: readonly string[]; readonly shows: readonly string[] }>> = {
  introduction: {
    menu: [],
    shows: [
      "This is not Dixa's own documentation, nor a product of Dixa.",
      'Nothing here was tested against the live API.',
    ],
  },
  operation: {
    menu: ['Subscriptions', 'Create a webhook subscription'],
    shows: ['await dixa.create({', 'customHeaders', 'curl --fail-with-body --request POST'],
  },
  event: {
    menu: ['Events', 'ConversationMessageDeliverySpamComplaint'],
    shows: ['What Dixa sends', 'CONVERSATION_MESSAGE_DELIVERY_SPAM_COMPLAINT', 'inferred', 'How a receiver responds'],
  },
  verification: {
    menu: ['Verify a delivery'],
    shows: ['DixaSignatureError', 'await verifyEvent({ body: await request.arrayBuffer()'],
  },
  testing: {
    menu: ['Test without Dixa'],
    shows: ['deliver: receiver.fetch', 'npx dixa-webhooks sandbox --forward-to http://localhost:3000'],
  },
  schema: {
    menu: ['Schemas', 'WebhookSubscription'],
    shows: ['subscribedEvents', 'secretKey'],
  },
};

/** Rules of axe-core that Redoc breaks by itself, and that nothing outside of it can mend. */
const redocsOwnFaults = {
  // An operation's parts are h4 below its h2.
  'heading-order': { enabled: false },
  // Sections far from the window are not in the document, and so neither is the h1 at its top.
  'page-has-heading-one': { enabled: false },
  // The button that chooses an example is called "Example", whatever it shows.
  'label-content-name-mismatch': { enabled: false },
};

export interface LookOptions {
  /** How long something may take to be seen: the page is large, and the machine may be busy. */
  readonly patienceMs?: number;
  readonly only?: readonly View[];
}

/**
 * Opens the page in a browser without a server, clicks through it as a reader would, and saves what it looks like.
 *
 * @param file the page
 * @param folder where the screenshots go
 * @returns what is wrong with it, in sentences, and the files of the screenshots
 */
export async function look(
  executablePath: string,
  file: string,
  folder: string,
  { patienceMs = 60_000, only = Object.keys(views) as View[] }: LookOptions = {},
): Promise<{ faults: readonly string[]; screenshots: readonly string[] }> {
  const faults: string[] = [];
  const screenshots: string[] = [];
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    for (const view of only) {
      const tell = (fault: string) => faults.push(`${view}: ${fault}`);
      const { colorScheme, ...viewport } = views[view];
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
      page.setDefaultTimeout(patienceMs);
      await page.addInitScript(axe.source);
      page.on('request', (request) => {
        if (!/^(file|data|blob):/.test(request.url())) tell(`it asks for ${request.url()}`);
      });
      page.on('console', (message) => {
        if (/^(error|warning)$/.test(message.type())) tell(`the console says: ${message.text()}`);
      });
      page.on('pageerror', (error) => tell(`an error is thrown: ${error.message}`));
      await page.goto(pathToFileURL(file).href, { timeout: 0 });
      await walk(page, tell, async (name) => {
        const path = join(folder, `${view}-${name}.png`);
        await standStill(page);
        await page.screenshot({ path, animations: 'disabled', timeout: 0 });
        screenshots.push(path);
      });
      await page.close();
    }
    return { faults, screenshots };
  } finally {
    await browser.close();
  }
}

type Tell = (fault: string) => void;

async function walk(page: Page, tell: Tell, shoot: (name: string) => Promise<void>): Promise<void> {
  try {
    for (const [name, { menu, shows }] of Object.entries(stops)) {
      const heading = menu.at(-1) ?? 'dixa-webhooks';
      await follow(page, menu);
      await see(page, heading, shows);
      await shoot(name);
      for (const fault of await faultsAt(page)) tell(`${name}: ${fault}`);
    }
    if (await menuButton(page).isVisible()) {
      await menuButton(page).click();
      await page.locator('.menu-content').getByText('Subscriptions', { exact: true }).waitFor();
      await shoot('menu');
    } else {
      await searchByKeyboard(page);
    }
  } catch (error) {
    // What did not appear is a fault of the page. The rest of the walk depends on it.
    tell((error as Error).message.split('\n')[0] ?? 'something did not appear');
    await shoot('fault');
  }
}

/** Opens the menu where the window is narrow. */
const menuButton = (page: Page) => page.getByTestId('floating-button');

async function follow(page: Page, menu: readonly string[]): Promise<void> {
  for (const entry of menu) {
    const link = page.locator('.menu-content').getByText(entry, { exact: true });
    if (!(await link.isVisible())) await menuButton(page).click();
    await link.click();
  }
}

async function see(page: Page, heading: string, shows: readonly string[]): Promise<void> {
  await page.getByRole('heading').filter({ hasText: heading }).first().waitFor();
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

/** Waits until the page has not moved for some frames, because Redoc keeps scrolling after the target is visible. */
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

async function faultsAt(page: Page): Promise<string[]> {
  const faults = await page.evaluate(faultsOfLayout);
  const { violations } = await page.evaluate(
    // What is all right is not worth the time to describe it.
    (rules) => window.axe.run(document, { rules, resultTypes: ['violations'], selectors: false }),
    redocsOwnFaults,
  );
  for (const { id, help, nodes } of violations) {
    const places = nodes.slice(0, 3).map(({ html }) => html.slice(0, 200));
    faults.push(`${help} (${id}), ${nodes.length} times: ${places.join(' … ')}`);
  }
  return faults;
}

/** Runs in the page. */
function faultsOfLayout(): string[] {
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`it scrolls sideways by ${scrollWidth - clientWidth} px`);

  const clipped = [
    ...document.querySelectorAll('pre, pre *, td code, .md-table-wrapper, [data-testid="panel-body"]'),
  ].filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0);
  if (clipped.length > 0)
    faults.push(`code is cut off: ${clipped.map(({ textContent }) => textContent?.slice(0, 40))}`);

  const hrefs = [...document.querySelectorAll('a[href]')].map((link) => `${link.getAttribute('href')}`);
  const astray = hrefs.filter((href) => !/^(#\/|https:\/\/)/.test(href));
  if (astray.length > 0) faults.push(`links lead out of the file: ${astray.join(', ')}`);

  // The words of headings and of the menu that begin on one line and end on the next.
  const broken: string[] = [];
  const range = document.createRange();
  for (const element of document.querySelectorAll('h1, h2, main td, .menu-content [data-text]')) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const { 0: word, index } of (walker.currentNode as Text).data.matchAll(/\S+/g)) {
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(word);
      }
    }
  }
  if (broken.length > 0) faults.push(`lines break within words: ${broken.join(', ')}`);
  return faults;
}

/** Finds a property without the mouse. */
async function searchByKeyboard(page: Page): Promise<void> {
  await page.getByText('Search Ctrl+K').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('secretKey');
  await page.locator('[data-component-name="Search/SearchItem"]').first().waitFor();
  await page.keyboard.press('Escape');
}
