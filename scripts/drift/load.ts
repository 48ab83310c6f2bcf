import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableError } from './document.js';

/** The URL of Dixa's document for v1 (observed). Both versions have the same webhook paths and schemas. */
export const publishedAt = 'https://docs.dixa.io/_bundle/openapi/dixa-api/@v1/v1.yaml';

export interface Loaded {
  /** The file or URL that was read. */
  readonly source: string;
  readonly text: string;
}

/** Reads Dixa's document from a file, a folder of such files, or a URL. */
export async function loadUpstream(source: string, timeoutMs: number): Promise<Loaded> {
  if (/^\s*(?:https?:|[a-z][a-z\d+.-]+:\/\/)/i.test(source)) return download(source, timeoutMs);
  try {
    const info = await stat(source);
    if (info.isDirectory()) return loadUpstream(await newestIn(source), timeoutMs);
    if (!info.isFile()) throw new Error('it is not a file or folder');
    return { source, text: await readFile(source, 'utf8') };
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const { message } = error as Error;
    throw new UnreadableError(`${source} cannot be read: ${message}. Pass the path of Dixa's document.`);
  }
}

/** The newest document in a folder. Documents have their month in their name; older ones are only kept as history. */
async function newestIn(folder: string): Promise<string> {
  const monthOf = (name: string) => /\.(\d{4}-\d{2})\.(?:json|ya?ml)$/.exec(name)?.[1] ?? '';
  const documents = (await readdir(folder)).filter(monthOf).sort((a, b) => monthOf(a).localeCompare(monthOf(b)));
  const newest = documents.at(-1);
  if (!newest)
    throw new UnreadableError(
      `${folder} contains no document named like \`dixa-api-beta.2026-06.yaml\`. Pass the path of a file.`,
    );
  return join(folder, newest);
}

async function download(address: string, timeoutMs: number): Promise<Loaded> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // A URL may contain a password, or a key in its query. Neither must be printed.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new UnreadableError(
      '--upstream must be an http: or https: URL without credentials, query or fragment. Otherwise download the document, and pass the file.',
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
    throw new UnreadableError(`${url} cannot be read: ${reason}. Download it another way, and pass the file.`);
  }
}
