import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadUpstream } from '../../../scripts/lib/drift/load.js';
import { edit, run, temporaryProject } from '../generate.project.js';
import { replaceInLists, upstreamDocument, upstreamFile } from './upstream.js';

const timeout = 60_000;
const drift = (...args: string[]) => run('scripts/drift.ts', args);

async function file(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const withNewEvent = () =>
  JSON.stringify(replaceInLists(upstreamDocument(), 'AgentBannedIp,', 'AgentBannedIp, TypingEnded,'));

describe('npm run drift', { timeout }, () => {
  it('ends with 0 where the ledger explains every difference', async () => {
    const { code, output } = await drift('--upstream', upstreamFile);
    expect(output).toMatch(
      /^drift: 0 unexplained, 0 stale, \d+ explained by \d+ entries of openapi\/curation\.yaml\.$/m,
    );
    expect(code).toBe(0);
  });

  it('ends with 1 where there is drift, and prints JSON that tells it all', async () => {
    const upstream = await file('dixa-api.json', withNewEvent());
    const { code, output } = await drift('--upstream', upstream, '--format', 'json');
    expect(JSON.parse(output)).toMatchObject({
      upstream: { source: upstream, title: 'Small API', version: 'beta' },
      unexplained: [{ change: 'new', subject: 'event type', name: 'TypingEnded' }],
      stale: [],
    });
    expect(code).toBe(1);
  });

  it('ends with 2 and prints no report where it fails itself', async () => {
    const root = await temporaryProject();
    await writeFile(join(root, 'openapi/curation.schema.json'), '{');
    const { code, output } = await drift('--root', root, '--upstream', upstreamFile, '--format', 'markdown');
    expect(output).toMatch(/^SyntaxError/);
    expect(output).toContain('Nothing was compared');
    expect(code).toBe(2);
  });

  it('reads a document from an address, and follows where it has moved', async () => {
    const address = await serve((request, response) => {
      if (request.url === '/v1.yaml') response.end(withNewEvent());
      else response.writeHead(302, { location: '/v1.yaml' }).end();
    });
    const { code, output } = await drift('--upstream', `${address}/old`, '--format', 'markdown');
    expect(output).toMatch(/- \[ \] \*\*event type\*\* `TypingEnded`/);
    expect(code).toBe(1);
  });

  it.each([
    [['--upstreams', 'x'], /^Unknown option '--upstreams'.*^Usage: npm run drift/ms],
    [['--format', 'constructor'], /^There is no format called constructor\.\nUsage: npm run drift/],
    [['--upstream', 'nowhere.yaml'], /^nowhere\.yaml cannot be read: ENOENT.*\nNothing was compared\.$/m],
  ])('ends with 2 and says why: %j', async (args, reason) => {
    const { code, output } = await drift(...args);
    expect(output).toMatch(reason);
    expect(code).toBe(2);
  });

  it('ends with 2 where the ledger itself is at fault, and says where', async () => {
    const root = await temporaryProject();
    await edit(root, 'openapi/curation.yaml', 'evidence: observed', 'evidence: rumoured');
    const { code, output } = await drift('--upstream', upstreamFile, '--root', root);
    expect(output).toMatch(/^openapi\/curation\.yaml:\d+ gateway-refuses-a-token: `evidence` must be equal to one of/);
    expect(code).toBe(2);
  });
});

describe('what cannot be a document', () => {
  it.each([
    ['a folder of other files', import.meta.dirname, /holds no document named like `dixa-api\.2026-06\.yaml`/],
    ['a device without end', '/dev/zero', /is no file/],
    ['another scheme', 'ftp://dixa.io/v1.yaml', /has a scheme that cannot be read/],
    ['credentials', 'https://me:hidden@dixa.io/v1.yaml', /^https:\/\/dixa\.io\/v1\.yaml was given with credentials/],
    [
      'a key in the query',
      'https://dixa.io/v1.yaml?key=hidden',
      /^https:\/\/dixa\.io\/v1\.yaml was given with credentials/,
    ],
  ])('is refused before anything is read: %s', async (_, source, reason) => {
    const error: Error = await loadUpstream(source, 1000).catch((thrown) => thrown);
    expect(error.message).toMatch(reason);
    expect(error.message).not.toContain('hidden');
  });
});

describe('a document from an address', { timeout }, () => {
  it.each<[string, RequestListener, RegExp]>([
    ['answered 404', (_, response) => response.writeHead(404).end(), /answered 404\. Look where Dixa publishes/],
    [
      'broke off',
      (_, response) => response.writeHead(200, { 'content-length': 9 }).write('a', () => response.destroy()),
      /cannot be read/,
    ],
    ['gave no answer', () => {}, /no answer within 0\.2 s/],
    ['sends without end', (_, response) => void endless(response), /is larger than 8 MB/],
    [
      'redirects without end',
      (_, response) => response.writeHead(302, { location: '/' }).end(),
      /redirect count exceeded/,
    ],
  ])('is refused where the server %s', async (_, listener, reason) => {
    const limit = reason.source.includes('no answer') ? 200 : 30_000;
    await expect(loadUpstream(await serve(listener), limit)).rejects.toThrow(reason);
  });

  it('is refused where nobody listens', async () => {
    const address = await serve(() => {});
    const free = address.replace(/\d+$/, '1');
    await expect(loadUpstream(free, 30_000)).rejects.toThrow(/cannot be read: .*Download it some other way/);
  });
});

function endless(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write('a: '.repeat(100_000)));
  };
  response.on('drain', more);
  more();
}

describe('a folder of documents', () => {
  it('gives the newest by the month in its name', async () => {
    const first = await file('dixa-api-v1.2025-03.json', '1');
    const folder = join(first, '..');
    await writeFile(join(folder, 'dixa-api-beta.2026-06.yaml'), '2');
    await writeFile(join(folder, 'zz.yaml'), '3');
    expect(await loadUpstream(folder, 1000)).toEqual({ source: join(folder, 'dixa-api-beta.2026-06.yaml'), text: '2' });
  });
});
