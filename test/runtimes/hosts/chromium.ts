import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CheckResult } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';
import { bundleProgram } from './bundle.js';
import { install, installedFile, loadInstalled, systemCommand } from './installed.js';
import { type Runtime, SUITE_LIMIT_MS } from './runtime.js';

/** The part of playwright-core that this needs. */
interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<{
      newPage(): Promise<{
        goto(url: string): Promise<unknown>;
        evaluate(run: (plan: Plan) => Promise<CheckResult[]>, plan: Plan): Promise<CheckResult[]>;
      }>;
      close(): Promise<void>;
    }>;
  };
}

/** No sandbox within a container; nothing that calls home. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromium: Runtime = {
  id: 'chromium',
  name: 'Chromium',
  binary: installedFile('playwright-core') && systemCommand('chromium', 'chromium-browser', 'google-chrome'),
  install: `${install} && apt-get install -y chromium`,
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
  const browser = await loadInstalled<Playwright>('playwright-core').chromium.launch({ executablePath, args });
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
