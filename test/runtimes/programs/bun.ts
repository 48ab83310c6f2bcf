import type { Server } from '../suite/platform.js';
import { backEndFile } from './back-end-file.js';
import { runAsProcess } from './process.js';

/** The part of Bun's API that this needs. */
declare const Bun: {
  serve(options: { hostname: string; port: number; fetch: (request: Request) => Promise<Response> }): {
    readonly port: number;
    stop(closeActiveConnections: boolean): Promise<void>;
  };
};

const bunServe: Server = {
  name: 'receiver.fetch behind Bun.serve',
  answersEarly: false,
  async serve({ fetch }) {
    const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch });
    return { url: `http://127.0.0.1:${server.port}`, close: () => server.stop(true) };
  },
};

await runAsProcess({ tellsRefusal: true, servers: [bunServe], ownChecks: [backEndFile] });
