import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium as browserType } from 'playwright-core';
import { chromiumFlags, chromiumHint, findChromium } from '../../support/chromium.js';
import type { CheckResult } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';
import { bundleProgram } from './bundle.js';
import { type Runtime, SUITE_LIMIT_MS } from './runtime.js';

export const chromium: Runtime = {
  id: 'chromium',
  name: 'Chromium',
  binary: findChromium(),
  install: chromiumHint,
  isUnpinned: true,
  async run(executablePath, { plan, project }) {
    const page = await servePage(await bundleProgram('chromium', project, ['browser']));
    try {
      return await evaluate(executablePath, page.url, plan);
    } finally {
      await page.close();
    }
  },
};

/** Serves a page that loads a script. */
async function servePage(script: string): Promise<{ url: string; close(): Promise<void> }> {
  const files: Readonly<Record<string, readonly [type: string, content: string]>> = {
    '/': ['text/html', '<!doctype html><title>Suite</title><script type="module" src="suite.js"></script>'],
    '/suite.js': ['text/javascript', script],
  };
  const server = createServer(({ url = '' }, reply) => {
    const [type, content] = files[url] ?? [];
    reply.writeHead(type ? 200 : 404, type ? { 'Content-Type': type } : {}).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens the page, and runs the suite that its script has put there. */
async function evaluate(executablePath: string, url: string, plan: Plan): Promise<CheckResult[]> {
  const browser = await browserType.launch({ executablePath, args: chromiumFlags });
  const timer = setTimeout(() => browser.close(), SUITE_LIMIT_MS);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.evaluate((plan) => globalThis.suite(plan), plan);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
