import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableError } from './document.js';

/** Where Dixa publishes its document for v1, as was seen in practice. Both versions have the same webhook paths and shapes. */
export const publishedAt = 'https://docs.dixa.io/_bundle/openapi/dixa-api/@v1/v1.yaml';

export interface Loaded {
  /** The file or address that was read. */
  readonly source: string;
  readonly text: string;
}

/** Reads Dixa's document from a file, a folder of such files, or an http address. */
export async function loadUpstream(source: string, timeoutMs: number): Promise<Loaded> {
  if (/^\s*(?:https?:|[a-z][a-z\d+.-]+:\/\/)/i.test(source)) return download(source, timeoutMs);
  try {
    const info = await stat(source);
    if (info.isDirectory()) return loadUpstream(await newestIn(source), timeoutMs);
    if (!info.isFile()) throw new Error('it is not a file');
    return { source, text: await readFile(source, 'utf8') };
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const { message } = error as Error;
    throw new UnreadableError(`${source} cannot be read: ${message}. Give the path of Dixa's document.`);
  }
}

/** Stored documents have their month in their name. Older ones are history: the contract says more than they did. */
async function newestIn(folder: string): Promise<string> {
  const monthOf = (name: string) => /\.(\d{4}-\d{2})\.(?:json|ya?ml)$/.exec(name)?.[1] ?? '';
  const documents = (await readdir(folder)).filter(monthOf).sort((a, b) => monthOf(a).localeCompare(monthOf(b)));
  const newest = documents.at(-1);
  if (!newest)
    throw new UnreadableError(`${folder} holds no document named like \`dixa-api-beta.2026-06.yaml\`. Give a file.`);
  return join(folder, newest);
}

async function download(address: string, timeoutMs: number): Promise<Loaded> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // An address may hold a password, or a key in its query: what is printed has neither.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new UnreadableError(
      '--upstream takes an http: or https: address without credentials, query and fragment. Download the document, and give the file.',
    );
  }
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { signal, headers: { accept: 'application/yaml, application/json' } });
    if (!response.ok) throw new Error(`the server responded with ${response.status}`);
    return { source: url.href, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    const reason = signal.aborted ? `no response within ${timeoutMs / 1000} s` : (cause?.message ?? message);
    throw new UnreadableError(`${url} cannot be read: ${reason}. Download it some other way, and give the file.`);
  }
}
