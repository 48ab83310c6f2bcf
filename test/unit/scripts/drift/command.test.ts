import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../../../../scripts/drift/index.js';
import { download, loadUpstream } from '../../../../scripts/drift/load.js';
import { type Document, replaceInLists, upstreamDocument, upstreamFile } from './small-documents.js';
import { inSmallProject, outcome } from './small-project.js';

/** Against the small contract, in which a test may change something first. */
const drift = (args: string[], change: (folder: string) => unknown = () => {}) =>
  inSmallProject(async (folder) => {
    await change(folder);
    return outcome((given) => main(given, folder), args);
  });

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

describe('npm run drift', () => {
  it('exits with 0 if the ledger explains every difference', async () => {
    const { code, output } = await drift(['--upstream', upstreamFile]);
    expect(output).toMatch(/: 0 unexplained, 0 stale, \d+ explained by \d+ entries of openapi\/curation\.yaml\.$/m);
    expect(code).toBe(0);
  });

  it('exits with 1 if there is drift', async () => {
    const upstream = await file('dixa-api.json', withNewEvent());
    const { code, output } = await drift(['--upstream', upstream]);
    expect(output).toContain(
      `\`${upstream}\` (\`Small API beta\`) against \`openapi/dixa-webhooks.yaml\`: 1 unexplained, 0 stale`,
    );
    expect(output).toContain('- [ ] New upstream: `event type TypingEnded`');
    expect(code).toBe(1);
  });

  it('exits with 1 if a ledger entry no longer explains anything', async () => {
    const upstream = await file(
      'dixa-api.json',
      withNewEvent().replaceAll('TypingEnded', 'ConversationTranscriptionAdded'),
    );
    const { code, output } = await drift(['--upstream', upstream]);
    expect(output).toMatch(/^- \[ \] Stale ledger entry: `transcription-added`$/m);
    expect(output).toMatch(/: 0 unexplained, 1 stale/);
    expect(code).toBe(1);
  });

  it.each([
    [['--upstreams', 'x'], /^Unknown option '--upstreams'.*^Usage: npm run drift/ms],
    [['--upstream', 'nowhere.yaml'], /^nowhere\.yaml cannot be read: ENOENT.*\nNothing was compared\.$/m],
  ])('exits with 2 and says why: %j', async (args, reason) => {
    const { code, output } = await drift(args);
    expect(output).toMatch(reason);
    expect(code).toBe(2);
  });

  it('exits with 2 if the ledger has an error, and says where', async () => {
    const { code, output } = await drift(['--upstream', upstreamFile], async (folder) => {
      const ledger = join(folder, 'openapi/curation.yaml');
      await writeFile(ledger, (await readFile(ledger, 'utf8')).replace('evidence: observed', 'evidence: rumoured'));
    });
    expect(output).toMatch(/^openapi\/curation\.yaml:\d+ gateway-refuses-a-token: `evidence` must be equal to one of/);
    expect(output).toMatch(/\nNothing was compared\.$/);
    expect(code).toBe(2);
  });

  it.each<[string, (d: Document) => unknown, RegExp]>([
    [
      'holds what OpenAPI does not allow',
      ({ components }) => Object.assign(components.schemas.Log, { required: 7 }),
      /^TypeError: /m,
    ],
    ['refers to itself without end', (d) => Object.assign(d.components, { responses: circle(d) }), /^RangeError: /m],
  ])('exits with 2 and prints no report if the document %s', async (_, change, reason) => {
    const document = upstreamDocument();
    change(document);
    const { code, output } = await drift(['--upstream', await file('dixa-api.json', JSON.stringify(document))]);
    expect(output).toMatch(reason);
    expect(output).toMatch(/\nNothing was compared: a document is not valid OpenAPI.*$/);
    expect(code).toBe(2);
  });
});

function circle(document: Document): Document {
  const ref = { $ref: '#/components/responses/A' };
  document.paths['/beta/webhooks'].get.responses[400] = ref;
  return { A: ref };
}

describe('a source', () => {
  it('is refused if it is a folder of other files', async () => {
    await expect(loadUpstream(import.meta.dirname)).rejects.toThrow(
      'contains no document named like `dixa-api-beta.2026-06.yaml`',
    );
  });

  it('can be downloaded, and is followed if it has moved', async () => {
    const address = await serve((request, response) => {
      if (request.url === '/v1.yaml') response.end('1');
      else response.writeHead(302, { location: '/v1.yaml' }).end();
    });
    expect(await download(`${address}/old`)).toEqual({ source: `${address}/old`, text: '1' });
  });

  it.each<[string, RequestListener, RegExp]>([
    ['responds with 404', (_, response) => response.writeHead(404).end(), /the server responded with 404/],
    [
      'breaks off',
      (_, response) => response.writeHead(200, { 'content-length': 9 }).write('a', () => response.destroy()),
      /cannot be read: .*Download it another way/,
    ],
    ['does not respond', () => {}, /aborted due to timeout/],
    [
      'redirects to a file',
      (_, response) => response.writeHead(302, { location: 'file:///etc/hosts' }).end(),
      /scheme/i,
    ],
  ])('is refused if the server %s', async (_, listener, reason) => {
    const limit = reason.source.includes('timeout') ? 200 : 30_000;
    await expect(download(await serve(listener), limit)).rejects.toThrow(reason);
  });

  it('can be a folder, of which the newest document by the month in its name is used', async () => {
    const folder = join(await file('dixa-api-v1.2025-03.json', '1'), '..');
    await writeFile(join(folder, 'dixa-api-beta.2026-06.yaml'), '2');
    await writeFile(join(folder, 'zz.yaml'), '3');
    expect(await loadUpstream(folder)).toEqual({ source: join(folder, 'dixa-api-beta.2026-06.yaml'), text: '2' });
  });
});
