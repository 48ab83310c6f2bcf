import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import type { Server } from '../suite/platform.js';

export const nodeHttp: Server = {
  name: 'toNodeListener behind node:http',
  answersEarly: true,
  async serve(receiver) {
    const server = createServer(toNodeListener(receiver));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async close() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
};
