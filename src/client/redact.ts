import type { BasicAuth, CreateWebhookSubscription, TokenAuth, WebhookSubscription } from './types.js';

type Field = keyof WebhookSubscription | keyof CreateWebhookSubscription | keyof BasicAuth | keyof TokenAuth;

/** Replaces a secret. */
const REDACTED = '[redacted]';

/** Fields whose values are secret, in requests and responses. */
const secretFields = ['secretKey', 'password', 'value', 'authorization', 'headers', 'customHeaders'] satisfies Field[];
const secretField = new RegExp(`^(${secretFields.join('|')})$`, 'i');

/**
 * Hidden in every text: everything after the name of a secret JSON field, the userinfo of a URL, and hex strings as long as
 * a `secretKey`, without the digits of a preceding escape.
 */
const suspects = new RegExp(
  `["'](?:${secretFields.join('|')})["']\\s*:\\s*[\\d"'[{-][\\s\\S]*|://[^\\s/?#"'<>]*(?=@)|(?<=%..|[^\\da-f%]|^)[\\da-f]{48,}`,
  'gi',
);

/** Shorter values are hidden only as whole words: otherwise a password `a` would hide every `a`. */
const SHORTEST = 4;

/** If this many characters match the start of a longer value, they are hidden, as it may have been cut off. */
const PREFIX = 64;

/** How often a text is unescaped: enough for JSON within JSON within a URL within HTML. */
const ROUNDS = 6;

/** Limits the time. One unit of work is the time to compare a character; everything else is measured in it. */
const MOST_WORK = 2 ** 24;
const EACH_CHARACTER = 6;
const EACH_DATUM = 512;
const EACH_MATCH = 128;

/** Data nested more deeply is withheld, also because whatever prints it could run out of stack. */
const MOST_DEPTH = 500;

/** Replaces secrets in a text, or in plain data of any shape. It does not change its argument. */
export type Redact = <Data>(data: Data) => Data;

/** Counts work, and throws if the limit is exceeded. */
type Spend = (amount: number) => void;

/** The values to search for, by a hash of their first two characters, so that few positions of a text need a comparison. */
type Values = readonly (readonly string[])[];
const SLOTS = 1024;

function slotOf(text: string, at: number): number {
  return (31 * text.charCodeAt(at) + text.charCodeAt(at + 1)) & (SLOTS - 1);
}

/**
 * Creates a function that hides these values and everything that looks like a secret. It does not search for every
 * spelling of a value. Instead it searches the text as received, then unescapes and searches it repeatedly. If it finds a
 * secret, it returns the unescaped text. It never throws: if it fails, or all calls together exceed the limit of work, it
 * withholds the data.
 */
export function createRedact(secrets: readonly string[]): Redact {
  let values: Values | undefined;
  let work = 0;
  const spend: Spend = (amount) => {
    work += amount;
    if (work > MOST_WORK) throw new RangeError();
  };
  const redact = (data: unknown, depth = 0): unknown => {
    spend(EACH_DATUM);
    if (depth > MOST_DEPTH) throw new RangeError();
    if (typeof data === 'string') {
      values ??= valuesOf(secrets, spend);
      return redactText(data, values, spend);
    }
    if (typeof data !== 'object' || !data) return secrets.includes(String(data)) ? REDACTED : data;
    const inner = (each: unknown) => redact(each, depth + 1);
    if (Array.isArray(data)) return data.map(inner);
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [redact(key), secretField.test(key) ? REDACTED : inner(value)]),
    );
  };
  return (<Data>(data: Data) => {
    try {
      return redact(data);
    } catch {
      return REDACTED;
    }
  }) as Redact;
}

/** Each secret as given, unescaped, and in base64. */
function valuesOf(secrets: readonly string[], spend: Spend): Values {
  const values = Array.from({ length: SLOTS }, (): string[] => []);
  const spellings = secrets.flatMap((secret) => {
    const all = [secret];
    for (const text of all) {
      spend(EACH_DATUM + 2 * EACH_CHARACTER * text.length);
      const next = unescapeOnce(text, spend);
      if (next !== text && all.length <= ROUNDS) all.push(next);
    }
    return [...all, base64(secret)].map(fold).filter(Boolean);
  });
  for (const value of new Set(spellings)) {
    // Any character can follow a single one, so it is in all slots.
    const slots = value.length > 1 ? [values[slotOf(value, 0)] as string[]] : values;
    for (const slot of slots) slot.push(value);
  }
  return values;
}

/** A text in pieces, alternately visible and hidden. */
type Pieces = readonly string[];

function redactText(text: string, values: Values, spend: Spend): string {
  let shown = text;
  let pieces: Pieces = [text];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = show(pieces);
    pieces = hide(pieces, values, spend);
    if (show(pieces) !== before) shown = show(pieces);
    // Hidden pieces are unescaped too, because they may be part of a longer secret.
    const next = pieces.map((piece) => unescapeOnce(piece, spend));
    if (next.join('') === pieces.join('')) return shown;
    pieces = next;
  }
  return REDACTED; // Escaped more often than any real text.
}

function show(pieces: Pieces): string {
  return pieces.map((piece, index) => (index % 2 ? REDACTED : piece)).join('');
}

/** Searches a text once, and hides what is found. */
function hide(pieces: Pieces, values: Values, spend: Spend): Pieces {
  const text = pieces.join('');
  spend(EACH_CHARACTER * text.length);
  /** 1 for each character that is hidden. */
  const hidden = new Uint8Array(text.length);
  let start = 0;
  for (const [index, { length }] of pieces.entries()) {
    hidden.fill(index % 2, start, start + length);
    start += length;
  }
  for (const { index, 0: match } of text.matchAll(suspects)) {
    spend(EACH_MATCH);
    hidden.fill(1, index + (match[0] === ':' ? 3 : 0), index + match.length);
  }
  const folded = fold(text);
  const parts: string[] = [];
  start = 0;
  for (let at = 0; at < text.length; at += 1) {
    for (const value of values[slotOf(folded, at)] as Values[number]) {
      let length = 0;
      while (length < value.length && value.charCodeAt(length) === folded.charCodeAt(at + length)) length += 1;
      spend(1 + length);
      if (length < Math.min(value.length, PREFIX)) continue;
      const around = text.charAt(at - 1) + text.charAt(at + length);
      if (length >= SHORTEST || !/\w/.test(around)) hidden.fill(1, at, at + length);
    }
    if (hidden[at] === parts.length % 2) continue;
    parts.push(text.slice(start, at));
    start = at;
  }
  return [...parts, text.slice(start)];
}

/** Normalizes case, spaces in forms, and base64url. It never changes the length. */
function fold(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ').replace(/[+-]/g, ' ').replaceAll('_', '/');
}

/**
 * An escape of JSON, HTML or a URL (the UTF-8 bytes of one character), or a backslash at the end. At the end of a secret, a
 * backslash escapes the character after the secret.
 */
const escapes =
  /\\u[\da-f]{4}|\\[\s\S]?|&(?:amp|lt|gt|quot|apos|#0*\d{1,6}|#x0*[\da-f]{1,5});|%[0-7][\da-f]|%(?:[cd]|e[\da-f]%[89ab]|f[\da-f]%[89ab][\da-f]%[89ab])[\da-f]%[89ab][\da-f]/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Removes one layer of escapes. */
function unescapeOnce(text: string, spend: Spend): string {
  spend(EACH_MATCH + text.length);
  let unescaped = '';
  let end = 0;
  for (const { index, 0: match } of text.matchAll(escapes)) {
    spend(EACH_MATCH);
    unescaped += text.slice(end, index) + meaningOf(match);
    end = index + match.length;
  }
  return unescaped + text.slice(end);
}

function meaningOf(match: string): string {
  if (match[0] === '%') return decodeURIComponent(match);
  const name = match[0] === '&' ? match.slice(1, -1).toLowerCase() : match.slice(1);
  if (name.length < 2) return controls[name] ?? name;
  return named[name] ?? String.fromCodePoint(Number(name.replace(/u/i, '0x').replace('#', '0')));
}

/** The base64 of a text in UTF-8, without padding. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '');
}

/** The secrets in a request body: header values, passwords, tokens, credentials made of them, userinfo in the URL. */
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

/** Copies an error from any realm, including its cause and errors. Texts are redacted; other properties are left out. */
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
      const isShown = key === 'code'; // As in Node.
      if (value !== undefined)
        Object.defineProperty(copy, key, { value, enumerable: isShown, writable: true, configurable: true });
    }
    return copy;
  } catch {
    return undefined; // A getter of the error threw.
  }
}
