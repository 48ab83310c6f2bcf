import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableError } from './document.js';

/** Where Dixa publishes its document for v1, as was seen in practice. Both versions have the same webhook paths and shapes. */
export const publishedAt = 'https://docs.dixa.io/_bundle/openapi/dixa-api/@v1/v1.yaml';

/** Dixa's whole document has about 0.6 MB. */
const maxBytes = 8 * 1024 * 1024;

export interface Loaded {
  /** The file or address that was read. */
  readonly source: string;
  readonly text: string;
  /** The folder in which it is the newest document, if a folder was given. */
  readonly folder?: string;
}

/** Reads Dixa's document from a file, a folder of such files, or an http address. */
export async function loadUpstream(source: string, timeoutMs: number): Promise<Loaded> {
  if (/^\s*https?:/i.test(source)) return download(source, timeoutMs);
  const [, scheme] = /^\s*([a-z][a-z\d+.-]+):\/\//i.exec(source) ?? [];
  if (scheme === undefined) return read(source);
  // The rest of it may hold a password.
  throw new UnreadableError(`${scheme}: cannot be read. Give a file, or an address with http: or https:.`);
}

async function read(source: string): Promise<Loaded> {
  try {
    const info = await stat(source);
    if (info.isDirectory()) return { ...(await read(join(source, await newestIn(source)))), folder: source };
    if (!info.isFile()) throw new UnreadableError(`${source} is no file. Give the path of Dixa's document.`);
    if (info.size > maxBytes) throw tooLarge(source);
    return { source, text: await readFile(source, 'utf8') };
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError(
      `${source} cannot be read: ${(error as Error).message}. Give the path of Dixa's document.`,
    );
  }
}

/** Stored documents have their month in their name. Older ones are history: the contract says more than they did. */
async function newestIn(folder: string): Promise<string> {
  const months = (await readdir(folder)).flatMap((name) => {
    const month = /\.(\d{4}-\d{2})\.(?:json|ya?ml)$/.exec(name)?.[1];
    return month ? [{ name, month }] : [];
  });
  const [newest] = months.sort((a, b) => (`${a.month} ${a.name}` < `${b.month} ${b.name}` ? 1 : -1));
  if (!newest) {
    throw new UnreadableError(`${folder} holds no document named like \`${documentName}\`. Give a file.`);
  }
  return newest.name;
}

const documentName = 'dixa-api-beta.2026-06.yaml';

/** What to do where the contract follows a document that is newer than any that is stored. */
export const storeTheNewest = (folder: string) =>
  `That was the newest document in ${folder}. If the contract follows a newer one, put it there, named like ${documentName}.`;

async function download(address: string, timeoutMs: number): Promise<Loaded> {
  if (!URL.canParse(address)) throw new UnreadableError('--upstream is no address that can be read. Give a file.');
  const { username, password, search, hash, origin, pathname } = new URL(address);
  // An address may hold a password, or a key in its query: what is printed has neither.
  const source = origin + pathname;
  if (username || password || search || hash) {
    throw new UnreadableError(
      `${source} was given with credentials, a query or a fragment. Download it, and give the file.`,
    );
  }
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(source, { signal, headers: { accept: 'application/yaml, application/json' } });
    if (!response.ok) {
      await response.body?.cancel();
      throw new UnreadableError(`${source} answered ${response.status}. Look where Dixa publishes its document now.`);
    }
    return { source, text: await textOf(response, source) };
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const { message, cause } = error as Error & { cause?: Error };
    const reason = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : (cause?.message ?? message);
    throw new UnreadableError(`${source} cannot be read: ${reason}. Download it some other way, and give the file.`);
  }
}

async function textOf(response: Response, source: string): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(source);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const tooLarge = (source: string) =>
  new UnreadableError(`${source} is larger than ${maxBytes / 1024 / 1024} MB, which is not Dixa's document.`);
