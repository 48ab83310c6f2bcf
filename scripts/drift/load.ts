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

/** Reads Dixa's document from a file or a folder of such files. Without one, it is downloaded. */
export async function loadUpstream(source: string | undefined): Promise<Loaded> {
  if (source === undefined) return download(publishedAt);
  try {
    const info = await stat(source);
    const file = info.isDirectory() ? await newestIn(source) : source;
    return { source: file, text: await readFile(file, 'utf8') };
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

/** Downloads a document. Dixa's takes less than two seconds. */
export async function download(url: string, timeoutMs = 20_000): Promise<Loaded> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`the server responded with ${response.status}`);
    return { source: url, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    throw new UnreadableError(
      `${url} cannot be read: ${cause?.message ?? message}. Download it another way, and pass the file.`,
    );
  }
}
