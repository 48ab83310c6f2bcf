/** What stands where a secret stood. */
const REDACTED = '[redacted]';

/** Fields whose values are secrets wherever they appear, in requests and in replies. */
const secretFields = ['secretKey', 'password', 'value', 'authorization', 'headers', 'customHeaders'];
const secretField = new RegExp(`^(${secretFields.join('|')})$`, 'i');
/** Such a field in JSON within a text, at any depth of escaping; what follows it is hidden to the end. */
const secretFieldInText = new RegExp(`["'](${secretFields.join('|')})\\\\*["']\\s*:[^]*`, 'gi');
/** A run of hex as long as Dixa's signing keys. */
const hexKey = /[0-9a-f]{48,}/gi;

/** Deeper than this a reply is hidden whole: no error of Dixa's is, and a hostile one must not exhaust the stack. */
const DEEPEST = 32;

/** Replaces secrets in texts, and in plain data of any shape; what it is given stays as it is. */
export interface Redactor {
  text(text: string): string;
  data(data: unknown): unknown;
}

/** A redactor of these values, of every field that holds a secret, and of everything that looks like a signing key. */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const values = new Set<string>();
  for (const secret of secrets) for (const spelling of spellings(secret)) values.add(spelling);

  const text = (input: string): string => {
    const hidden = [...occurrences(input, values), ...matches(input, hexKey), ...matches(input, secretFieldInText)];
    hidden.sort((a, b) => a[0] - b[0]);
    let output = '';
    let end = 0;
    for (const [from, to] of hidden) {
      if (from >= end) output += input.slice(end, from) + REDACTED;
      end = Math.max(end, to);
    }
    return output + input.slice(end);
  };

  const data = (input: unknown, depth = 0): unknown => {
    if (typeof input === 'string') return text(input);
    if (typeof input !== 'object' || input === null) return values.has(String(input)) ? REDACTED : input;
    if (depth === DEEPEST) return REDACTED;
    if (Array.isArray(input)) return input.map((item) => data(item, depth + 1));
    return Object.fromEntries(
      Object.entries(input).map(([key, value]) => [
        text(key),
        secretField.test(key) ? REDACTED : data(value, depth + 1),
      ]),
    );
  };

  return { text, data };
}

/** The ways in which a server may echo a value: as it is, within JSON, within a URL, encoded as a credential. */
function spellings(secret: string): string[] {
  if (!secret) return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const escapedTwice = JSON.stringify(json).slice(1, -1);
  const url = new URLSearchParams([['', secret]]).toString().slice(1);
  return [secret, secret.trim(), json, escapedTwice, url, url.replaceAll('+', '%20')].filter(Boolean);
}

type Range = readonly [from: number, to: number];

/** Below this length a value is replaced only where it stands alone: else a password `a` would blank every `a`. */
const WORD = 4;

function* occurrences(text: string, values: Iterable<string>): Generator<Range> {
  for (const value of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      const to = at + value.length;
      const alone = !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(to));
      if (value.length >= WORD || alone) yield [at, to];
    }
  }
}

function* matches(text: string, pattern: RegExp): Generator<Range> {
  for (const match of text.matchAll(pattern)) yield [match.index, match.index + match[0].length];
}

/** The secrets in a request body, whether or not it is valid: header values, passwords, tokens and the header made of them. */
export function* secretsOf(body: unknown): Generator<string> {
  const { authorization, customHeaders } = Object(body) as { authorization?: unknown; customHeaders?: unknown };
  const { username, password, value } = Object(authorization) as Record<string, unknown>;
  for (const secret of [password, value, ...Object.values(Object(customHeaders))]) {
    if (typeof secret === 'string') yield secret;
  }
  if (typeof password === 'string') yield base64(`${username}:${password}`);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
