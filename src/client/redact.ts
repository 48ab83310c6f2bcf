import type { BasicAuth, CreateWebhookSubscription, TokenAuth, WebhookSubscription } from './types.js';

type Field = keyof WebhookSubscription | keyof CreateWebhookSubscription | keyof BasicAuth | keyof TokenAuth;

/** What stands where a secret stood. */
const REDACTED = '[redacted]';

/** Fields whose values are secrets wherever they appear, in requests and in replies. */
const secretFields = ['secretKey', 'password', 'value', 'authorization', 'headers', 'customHeaders'] satisfies Field[];
const secretField = new RegExp(`^(${secretFields.join('|')})$`, 'i');

/** Hidden in every text: all behind a secret field of JSON, runs of hex as long as a signing key, userinfo in a URL. */
const suspects = new RegExp(
  `["'](?:${secretFields.join('|')})["']\\s*:[\\s\\S]*|[0-9a-f]{48,}|(?<=://)[^\\s/?#"'<>]*(?=@)`,
  'gi',
);

/** Shorter values are replaced only where they stand alone: else a password `a` would blank every `a`. */
const SHORTEST = 4;

/** A longer value is found by its beginning, and hidden as far as it goes: the time taken does not depend on its length. */
const ANCHOR = 64;

/** How often a text is unescaped: enough for JSON within JSON within a URL. */
const ROUNDS = 6;

/** Deeper than this a reply is hidden whole: no error of Dixa's is, and a hostile one must not exhaust the stack. */
const DEEPEST = 32;

/** Replaces secrets in a text, or in plain data of any shape; its argument stays as it is. */
export type Redact = <Data>(data: Data) => Data;

/**
 * Makes the function that hides these values and all that looks like a secret. Instead of searching for every spelling
 * of a value it searches in the text as it came and unescaped, again and again; a text with a hit is shown unescaped.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const values = spellings(secrets);
  const redact = (data: unknown, depth = 0): unknown => {
    if (typeof data === 'string') return redactText(data, values);
    if (typeof data !== 'object' || !data) return secrets.includes(String(data)) ? REDACTED : data;
    if (depth === DEEPEST) return REDACTED;
    if (Array.isArray(data)) return data.map((item) => redact(item, depth + 1));
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        redact(key),
        secretField.test(key) ? REDACTED : redact(value, depth + 1),
      ]),
    );
  };
  return (<Data>(data: Data) => {
    try {
      return redact(data);
    } catch {
      return REDACTED; // Rather nothing than a secret.
    }
  }) as Redact;
}

/** What to search for, shortest first: each value as it is, unescaped, and in base64. */
function spellings(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((secret) => {
    const code = base64(secret);
    return [secret, ...unescapings(secret), code, code.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set(all.map(fold))].filter(Boolean).sort((a, b) => a.length - b.length);
}

function redactText(text: string, values: readonly string[]): string {
  let shown = text;
  for (let current = text, round = 0; ; round += 1) {
    const hidden = hide(current, values);
    if (hidden !== current) shown = hidden;
    current = unescapeOnce(hidden);
    if (current === hidden) return shown;
    if (round === ROUNDS) return REDACTED; // Who escapes so often hides something.
  }
}

function hide(text: string, values: readonly string[]): string {
  const folded = fold(text);
  const found: [start: number, end: number][] = [];
  for (const value of values) {
    const anchor = value.slice(0, ANCHOR);
    if (anchor.length > folded.length) break;
    for (let start = folded.indexOf(anchor); start >= 0; ) {
      let end = start + anchor.length;
      while (end < folded.length && folded[end] === value[end - start]) end += 1;
      if (value.length >= SHORTEST || !isWordAround(text, start, end)) found.push([start, end]);
      start = folded.indexOf(anchor, end);
    }
  }
  const parts: string[] = [];
  let shown = 0;
  for (const [start, end] of found.sort(([a], [b]) => a - b)) {
    if (start >= shown) parts.push(text.slice(shown, start), REDACTED);
    shown = Math.max(shown, end);
  }
  return (parts.join('') + text.slice(shown)).replace(suspects, REDACTED);
}

function isWordAround(text: string, start: number, end: number): boolean {
  return /\w/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end));
}

/** One spelling for both cases, and for the two of a space in a form. It never changes the length. */
function fold(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ').replaceAll('+', ' ');
}

/** A text unescaped once, twice and so on, as long as that changes it. */
function unescapings(text: string, rounds = ROUNDS): string[] {
  const next = unescapeOnce(text);
  return next === text || !rounds ? [] : [next, ...unescapings(next, rounds - 1)];
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Undoes the escapes of JSON, HTML and URLs, one layer of each. */
function unescapeOnce(text: string): string {
  return text.replace(
    /\\u([\da-f]{4})|\\([\s\S])|&#x0*([\da-f]{1,6});|&#0*(\d{1,7});|&(amp|lt|gt|quot|apos);|(?:%[\da-f]{2})+/gi,
    (all, unicode, escaped, hex, decimal, name) => {
      if (unicode) return String.fromCharCode(Number.parseInt(unicode, 16));
      if (escaped) return controls[escaped] ?? escaped;
      if (name) return named[name.toLowerCase()] ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      if (hex || decimal) return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
      return utf8.decode(Uint8Array.from(all.slice(1).split('%'), (byte: string) => Number.parseInt(byte, 16)));
    },
  );
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The base64 of a text's UTF-8, without padding. */
function base64(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replace(/=+$/, '');
}

/** The secrets in a request body: header values, passwords, tokens, the credential made of them, userinfo in the URL. */
export function secretsOf(body: unknown): string[] {
  const { authorization, customHeaders, url } = Object(body) as Readonly<Record<string, unknown>>;
  const { username, password, value } = Object(authorization) as Record<string, unknown>;
  const userinfo = /:\/\/([^/?#]*)@/.exec(String(url))?.[1] ?? '';
  return [
    password,
    value,
    ...Object.values(Object(customHeaders)),
    password && `${username}:${password}`,
    userinfo,
    userinfo.slice(userinfo.indexOf(':') + 1),
  ].filter((secret) => typeof secret === 'string');
}

/** A copy of an error of any realm, without secrets, with its cause and its errors. Text is redacted, all else left out. */
export function redactError(error: unknown, redact: Redact, depth = 0): unknown {
  if (typeof error === 'string') return redact(error);
  try {
    const { name, message, stack, code, cause, errors } = Object(error) as AggregateError & { code?: unknown };
    if (typeof message !== 'string' || depth > 3) return undefined;
    const inner = (other: unknown) => redactError(other, redact, depth + 1);
    const copy = new Error(redact(message));
    const parts = {
      name: redact(name),
      stack: redact(stack),
      code: typeof code === 'string' || typeof code === 'number' ? redact(code) : undefined,
      cause: inner(cause),
      errors: Array.isArray(errors) ? errors.slice(0, 10).map(inner) : undefined,
    };
    for (const [key, value] of Object.entries(parts)) {
      const isShown = key === 'code'; // As Node has it.
      if (value !== undefined)
        Object.defineProperty(copy, key, { value, enumerable: isShown, writable: true, configurable: true });
    }
    return copy;
  } catch {
    return undefined; // A getter of the error threw.
  }
}
