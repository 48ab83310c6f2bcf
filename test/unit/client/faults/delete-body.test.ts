import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createDixaWebhooks } from '../../../../src/client/index.js';
import { apiKey, subscriptionId } from '../../../support/fake-dixa.js';

it('a DELETE whose response never ends succeeds and releases its connection', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200).write('the beginning of a body');
    server.emit('answered', response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const dixa = createDixaWebhooks({ apiKey, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  const answered = once(server, 'answered') as Promise<[ServerResponse]>;
  await expect(dixa.delete(subscriptionId)).resolves.toBeUndefined();
  const [response] = await answered;
  if (!response.closed) await once(response, 'close');
  expect(response.writableFinished).toBe(false);
});
