import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadUpstream } from '../../../../scripts/drift/load.js';
import { edit, run } from '../generate/project.js';
import { replaceInLists, upstreamDocument, upstreamFile } from './small-documents.js';
import { inSmallProject } from './small-project.js';

const timeout = 60_000;
/** Against the small contract, in which a test may change something first. */
function drift(args: string[], change: (folder: string) => unknown = () => {}) {
  return inSmallProject(async (folder) => {
    await change(folder);
    return run('drift', ['--root', folder, ...args]);
  });
}

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
    const { code, output } = await drift(['--upstream', upstreamFile]);
    expect(output).toMatch(
      /^drift: 0 unexplained, 0 stale, \d+ explained by \d+ entries of openapi\/curation\.yaml\.$/m,
    );
    expect(code).toBe(0);
  });

  it('ends with 1 where there is drift, and prints JSON that tells it all', async () => {
    const upstream = await file('dixa-api.json', withNewEvent());
    const { code, output } = await drift(['--upstream', upstream, '--format', 'json']);
    expect(JSON.parse(output)).toMatchObject({
      upstream: { source: upstream, title: 'Small API', version: 'beta' },
      unexplained: [{ change: 'new', subject: 'event type', name: 'TypingEnded' }],
      stale: [],
    });
    expect(code).toBe(1);
  });

  it('ends with 2 and prints no report where it fails itself', async () => {
    const { code, output } = await drift(['--upstream', upstreamFile, '--format', 'markdown'], (folder) =>
      writeFile(join(folder, 'openapi/curation.schema.json'), '{'),
    );
    expect(output).toMatch(/^SyntaxError/);
    expect(output).toContain('Nothing was compared');
    expect(code).toBe(2);
  });

  it('reads a document from an address, and follows where it has moved', async () => {
    const address = await serve((request, response) => {
      if (request.url === '/v1.yaml') response.end(withNewEvent());
      else response.writeHead(302, { location: '/v1.yaml' }).end();
    });
    const { code, output } = await drift(['--upstream', `${address}/old`, '--format', 'markdown']);
    expect(output).toMatch(/- \[ \] \*\*event type\*\* `TypingEnded`/);
    expect(code).toBe(1);
  });

  it.each([
    [['--upstreams', 'x'], /^Unknown option '--upstreams'.*^Usage: npm run drift/ms],
    [['--format', 'constructor'], /^There is no format called constructor\.\nUsage: npm run drift/],
    [['--upstream', 'nowhere.yaml'], /^nowhere\.yaml cannot be read: ENOENT.*\nNothing was compared\.$/m],
  ])('ends with 2 and says why: %j', async (args, reason) => {
    const { code, output } = await drift(args);
    expect(output).toMatch(reason);
    expect(code).toBe(2);
  });

  it('ends with 2 where the ledger itself is at fault, and says where', async () => {
    const { code, output } = await drift(['--upstream', upstreamFile], (folder) =>
      edit(folder, 'openapi/curation.yaml', 'evidence: observed', 'evidence: rumoured'),
    );
    expect(output).toMatch(/^openapi\/curation\.yaml:\d+ gateway-refuses-a-token: `evidence` must be equal to one of/);
    expect(code).toBe(2);
  });
});

describe('what cannot be a document', () => {
  it.each([
    ['a folder of other files', import.meta.dirname, /holds no document named like `dixa-api-beta\.2026-06\.yaml`/],
    ['a device without end', '/dev/zero', /is no file/],
    ['another scheme', 'ftp://me:hidden@dixa.io/v1.yaml', /^ftp: cannot be read/],
    ['credentials after a blank', ' https://me:hidden@dixa.io/v1.yaml', /was given with credentials/],
    ['credentials', 'https://me:hidden@dixa.io/v1.yaml', /^https:\/\/dixa\.io\/v1\.yaml was given with credentials/],
    [
      'a password with an @',
      'https://me:p@hidden@dixa.io/v1.yaml',
      /^https:\/\/dixa\.io\/v1\.yaml was given with credentials/,
    ],
    [
      'credentials after a scheme without slashes',
      'https:me:hidden@dixa.io/v1.yaml',
      /^https:\/\/dixa\.io\/v1\.yaml was given with credentials/,
    ],
    ['what is no address', 'https://me:hidden@', /is no address that can be read/],
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

it('refuses a file that is larger than any document of Dixa’s, before it reads it', async () => {
  const large = await file('dixa-api.json', '');
  await truncate(large, 50 * 1024 * 1024);
  await expect(loadUpstream(large, 1000)).rejects.toThrow(/dixa-api\.json is larger than 8 MB/);
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
    [
      'redirects to a file',
      (_, response) => response.writeHead(302, { location: `file://${upstreamFile}` }).end(),
      /cannot be read: .*scheme/i,
    ],
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

describe('a folder of documents', { timeout }, () => {
  it('gives the newest by the month in its name', async () => {
    const first = await file('dixa-api-v1.2025-03.json', '1');
    const folder = join(first, '..');
    await writeFile(join(folder, 'dixa-api-beta.2026-06.yaml'), '2');
    await writeFile(join(folder, 'zz.yaml'), '3');
    const source = join(folder, 'dixa-api-beta.2026-06.yaml');
    expect(await loadUpstream(folder, 1000)).toEqual({ source, text: '2', folder });
  });

  it('may lack the one that the contract follows, which drift then asks for', async () => {
    const folder = join(await file('dixa-api-v1.2026-06.json', JSON.stringify(upstreamDocument())), '..');
    const addTypingEnded = (root: string) =>
      edit(root, 'openapi/dixa-webhooks.yaml', 'TypingStarted]', 'TypingStarted, TypingEnded]');
    const { code, output } = await drift(['--upstream', folder], addTypingEnded);
    expect(output).toContain('Only in the contract: event type TypingEnded\n');
    expect(output).toContain(`the newest document in ${folder}. If the contract follows a newer one, put it there`);
    expect(code).toBe(1);
    const file2 = await drift(['--upstream', join(folder, 'dixa-api-v1.2026-06.json')], addTypingEnded);
    expect(file2.output).not.toContain('the newest document');
  });
});
