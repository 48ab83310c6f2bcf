import { createSearch, type Search } from './search.js';
import type { BasicAuth, CreateWebhookSubscription, TokenAuth, WebhookSubscription } from './types.js';
import { hexDigit, textOf, unescapeOnce } from './unescape.js';

type Field = keyof WebhookSubscription | keyof CreateWebhookSubscription | keyof BasicAuth | keyof TokenAuth;

/** What stands where a secret stood. */
const REDACTED = '[redacted]';

/** Fields whose values are secrets wherever they appear, in requests and in replies. */
const secretFields = ['secretKey', 'password', 'value', 'authorization', 'headers', 'customHeaders'] satisfies Field[];
const secretField = new RegExp(`^(${secretFields.join('|')})$`, 'i');

/**
 * Hidden in every text: everything after a secret field of JSON, hexadecimal digits as long as a signing key, and the
 * userinfo of a URL.
 */
const suspects = new RegExp(
  `["'](?:${secretFields.join('|')})["']\\s*:\\s*[\\d"'[{-][\\s\\S]*|://[^\\s/?#"'<>]*(?=@)`,
  'gi',
);

/** As many hexadecimal digits in a row are taken for a signing key. */
const HEX = 48;

/** A shorter value is hidden only if it stands alone: otherwise a password `a` would hide every `a`. */
const SHORTEST = 4;

/** How often a text is unescaped: enough for JSON in JSON in a URL in HTML. */
const ROUNDS = 6;

/** Limits the time: the characters that are searched, in all rounds, and more for each value and for each find. */
const MOST_WORK = 3 * 2 ** 20;
const EACH_VALUE = 512;
const EACH_FIND = 32;

/** Replaces secrets in a text, or in plain data of any shape. It does not change its argument. */
export type Redact = <Data>(data: Data) => Data;

/**
 * Creates the function that hides these values and everything that looks like a secret. It does not generate the
 * spellings of a value: it searches the text as received, and unescaped again and again, and shows a text in which it
 * found one unescaped.
 */
export function createRedact(secrets: readonly string[]): Redact {
  let search: Search | undefined;
  let work: number;
  const spend: Spend = (amount) => {
    work += amount;
    if (work > MOST_WORK) throw new RangeError();
  };
  const redact = (data: unknown): unknown => {
    if (typeof data === 'string') {
      search ??= createSearch(spellings(secrets));
      return redactText(data, search, spend);
    }
    spend(EACH_VALUE);
    if (typeof data !== 'object' || !data) return secrets.includes(String(data)) ? REDACTED : data;
    if (Array.isArray(data)) return data.map(redact);
    const entries: [unknown, unknown][] = [];
    for (const key in data) {
      const value = (data as Readonly<Record<string, unknown>>)[key];
      entries.push([redact(key), secretField.test(key) ? REDACTED : redact(value)]);
    }
    return Object.fromEntries(entries);
  };
  return (<Data>(data: Data) => {
    work = 0;
    try {
      return redact(data);
    } catch {
      return REDACTED; // Show nothing rather than a secret.
    }
  }) as Redact;
}

/** Counts the work. Throws if it is too much. */
type Spend = (amount: number) => void;

/** What to search for: each value as it is, as UTF-8 that was read as Latin-1, unescaped, and in base64. */
function spellings(secrets: readonly string[]): Set<string> {
  const all = secrets.flatMap((secret) => {
    const bytes = textOf(Uint16Array.from(new TextEncoder().encode(secret)));
    const base64 = btoa(bytes).replace(/=+$/, '');
    return [secret, bytes, ...unescapings(secret), base64, base64.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return new Set(all.map(fold).filter(Boolean));
}

/** A text unescaped once, twice and so on, while that changes it. */
function unescapings(text: string, rounds = ROUNDS): string[] {
  const next = unescapeOnce(text);
  return next === text || !rounds ? [] : [next, ...unescapings(next, rounds - 1)];
}

/** A text in pieces: what is visible and what is hidden take turns. */
type Pieces = readonly string[];

function redactText(text: string, search: Search, spend: Spend): string {
  let shown = text;
  let pieces: Pieces = [text];
  for (let round = 0; round <= ROUNDS; round += 1) {
    spend(EACH_VALUE + pieces.join('').length);
    const before = show(pieces);
    pieces = hide(pieces, search, spend);
    const after = show(pieces);
    if (after !== before) shown = after;
    // What is hidden is unescaped too, because it may be a part of a longer secret.
    pieces = pieces.map(unescapeOnce);
    if (show(pieces) === after) return shown;
  }
  return REDACTED; // Nobody needs that many escapes.
}

function show(pieces: Pieces): string {
  return pieces.map((piece, index) => (index % 2 ? REDACTED : piece)).join('');
}

/** Hides more of a text. */
function hide(pieces: Pieces, search: Search, spend: Spend): Pieces {
  const text = pieces.join('');
  /** How many hidden ranges begin, less how many end, at each character. */
  const edges = new Int32Array(text.length + 1);
  const mark = (start: number, end: number) => {
    const last = Math.min(end, text.length);
    edges[start] = (edges[start] as number) + 1;
    edges[last] = (edges[last] as number) - 1;
  };
  let end = 0;
  for (const [index, { length }] of pieces.entries()) {
    if (index % 2) mark(end, end + length);
    end += length;
  }
  search(fold(text), (start, end) => {
    spend(EACH_FIND);
    if (end - start >= SHORTEST || !isWordAround(text, start, end)) mark(start, end);
  });
  for (const { index, 0: match } of text.matchAll(suspects)) {
    spend(EACH_FIND);
    mark(index + (match.startsWith('://') ? 3 : 0), index + match.length);
  }
  for (let at = 0; at < text.length; at += HEX) {
    let start = at;
    while (hexDigit(text.charCodeAt(start - 1)) >= 0) start -= 1;
    while (hexDigit(text.charCodeAt(at)) >= 0) at += 1;
    if (text[start - 1] === '%') start += 2; // The digits of an escape.
    if (at - start >= HEX) mark(start, at);
  }
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    depth += edges[at] as number;
    if (depth > 0 === parts.length % 2 > 0) continue;
    parts.push(text.slice(from, at));
    from = at;
  }
  return [...parts, text.slice(from)];
}

function isWordAround(text: string, start: number, end: number): boolean {
  return /\w/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end));
}

/** One spelling for both cases. It never changes the length. */
function fold(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ');
}

/** The secrets in a request body: header values, passwords, tokens, the credential made of them, userinfo in the URL. */
export function secretsOf(body: unknown): string[] {
  const { authorization, customHeaders, url } = Object(body) as Readonly<Record<string, unknown>>;
  const { username, password, value } = Object(authorization) as Record<string, unknown>;
  const userinfo = /^[^:]*:[\\/]*([^\\/?#]*)@/.exec(String(url))?.[1]?.replace(/:$/, '') ?? '';
  return [
    password,
    value,
    ...Object.values(Object(customHeaders)),
    password && `${username}:${password}`,
    userinfo,
    userinfo.slice(userinfo.indexOf(':') + 1),
  ].filter((secret) => typeof secret === 'string');
}
