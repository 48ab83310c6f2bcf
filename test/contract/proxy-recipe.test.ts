import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { ProxyAgent, fetch as undiciFetch } from 'undici';
import { expect, inject, it, onTestFinished } from 'vitest';
import { createDixaWebhooks } from '../../src/client/index.js';

/** A real tunnelling proxy, and the addresses that were requested. */
async function startProxy(): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, client, head) => {
    tunnels.push(`${request.url}`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
}

it("reaches Dixa through a proxy, by the README's recipe", async () => {
  const { url: proxyUrl, tunnels } = await startProxy();
  const dispatcher = new ProxyAgent(proxyUrl);
  onTestFinished(() => dispatcher.destroy());
  const proxied = createDixaWebhooks({
    apiKey: 'key-of-the-proxy-test',
    baseUrl: inject('prismUrl'),
    fetch: async (url, init) => {
      const response = await undiciFetch(url, { ...(init as object), dispatcher });
      return response as unknown as Response;
    },
  });

  const [first] = await proxied.list();
  const created = await proxied.create({
    name: 'Proxied',
    url: 'https://hooks.example.com',
    events: ['ConversationRated'],
  });

  expect(first?.secretKey).toMatch(/^[0-9a-f]{64}$/);
  expect(created.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(tunnels).toContain(new URL(inject('prismUrl')).host);
});
