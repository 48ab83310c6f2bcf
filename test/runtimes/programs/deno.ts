import type { Server } from '../suite/platform.js';
import { runAsProcess } from './process.js';

/** The part of Deno's API that this needs. */
declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: () => void },
    handler: (request: Request) => Promise<Response>,
  ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> };
};

const denoServe: Server = {
  name: 'receiver.fetch behind Deno.serve',
  answersEarly: false,
  async serve({ fetch }) {
    const server = Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: () => {} }, fetch);
    return { url: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
  },
};

await runAsProcess({ tellsRefusal: true, servers: [denoServe] });
