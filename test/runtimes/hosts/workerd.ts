import { bundleProgram } from './bundle.js';
import { install, installedFile, loadInstalled } from './installed.js';
import { type Runtime, SUITE_LIMIT_MS } from './runtime.js';
import { placesOf, runWorkerChecks, urlsOf } from './worker-checks.js';

/** The part of miniflare that this needs. */
interface MiniflareModule {
  readonly Miniflare: new (options: {
    modules: true;
    script: string;
    compatibilityDate: string;
    bindings: Readonly<Record<string, unknown>>;
    host: string;
    port: number;
    cf: false;
  }) => { readonly ready: Promise<URL>; dispose(): Promise<void> };
}

/** The rules of the platform that the worker is run by. */
const compatibilityDate = '2026-04-01';

const arch =
  process.arch === 'arm64' && process.platform === 'linux' ? 'arm64' : process.arch === 'x64' ? '64' : process.arch;

export const workerd: Runtime = {
  id: 'workerd',
  name: 'workerd',
  binary: installedFile(`@cloudflare/workerd-${process.platform}-${arch}/bin/workerd`),
  install,
  async run(_binary, { plan, project }) {
    const { Miniflare } = loadInstalled<MiniflareModule>('miniflare');
    // The conditions that wrangler passes to esbuild.
    const script = await bundleProgram('workerd', project, ['workerd', 'worker', 'browser']);
    const places = placesOf(plan);
    const miniflare = new Miniflare({
      modules: true,
      script,
      compatibilityDate,
      bindings: { urls: urlsOf(places) },
      host: '127.0.0.1',
      port: 0,
      // Otherwise it makes a request to find out its location.
      cf: false,
    });
    try {
      const url = await miniflare.ready;
      const reply = await fetch(new URL('/suite', url), {
        method: 'POST',
        body: JSON.stringify(plan),
        signal: AbortSignal.timeout(SUITE_LIMIT_MS),
      });
      if (!reply.ok) throw new Error(`The worker answered ${reply.status}: ${await reply.text()}`);
      return [...(await reply.json()), ...(await runWorkerChecks(url, plan, places))];
    } finally {
      await miniflare.dispose();
    }
  },
};
