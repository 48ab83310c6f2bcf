/** What stands where a secret stood. */
const REDACTED = '[redacted]';

/** Fields whose values are secrets wherever they appear, in requests and in replies. */
const secretFields = 'secretKey|password|value|authorization|headers|customHeaders';
const secretField = new RegExp(`^(${secretFields})$`, 'i');

/** What is hidden in every text: runs of hex as long as Dixa's signing keys, and all behind a secret field of JSON. */
const suspects = ['[0-9a-f]{48,}', `["'](${secretFields})\\\\*["']\\s*:[^]*`];

/** Engines refuse patterns that are too long, and quote them. Values longer than this are looked for without one. */
const LONGEST = 1_000;

/** Deeper than this a reply is hidden whole: no error of Dixa's is, and a hostile one must not exhaust the stack. */
const DEEPEST = 32;

/** Replaces secrets in a text, or in plain data of any shape; what it is given stays as it is. */
export type Redact = <Data>(data: Data) => Data;

/** Makes the function that hides these values and all that looks like a secret. */
export function createRedact(secrets: readonly string[]): Redact {
  const values = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  const long = values.filter(({ length }) => length > LONGEST);
  const pattern = new RegExp([...values.slice(long.length).map(patternOf), ...suspects].join('|'), 'gi');
  const redact = (data: unknown, depth = 0): unknown => {
    if (typeof data === 'string') {
      return long.reduce((text, value) => text.replaceAll(value, REDACTED), data).replace(pattern, REDACTED);
    }
    if (typeof data !== 'object' || !data) return values.includes(String(data)) ? REDACTED : data;
    if (depth === DEEPEST) return REDACTED;
    if (Array.isArray(data)) return data.map((item) => redact(item, depth + 1));
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        redact(key),
        secretField.test(key) ? REDACTED : redact(value, depth + 1),
      ]),
    );
  };
  return redact as Redact;
}

/** The ways in which a server may echo a value: as it is, within JSON or JSON within JSON, within a form or a URL. */
function spellings(secret: string): string[] {
  const json = escaped(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const url = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'));
  return [secret, json, escaped(json), form, form.replaceAll('+', '%20'), url].filter(Boolean);
}

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/** Short values are replaced only where they stand alone: else a password `a` would blank every `a`. */
function patternOf(value: string): string {
  const literal = value
    .replace(/[^\w]/g, '\\$&')
    // A page of HTML writes these as entities, and JSON within it as escapes. Bounded, so that no text takes long.
    .replace(/\\[&<>"']/g, '(?:$&|&#?\\w{1,6};|\\\\{1,4}u00..)');
  return value.length < 4 ? `(?<!\\w)${literal}(?!\\w)` : literal;
}

/** The secrets in a request body: header values, passwords, tokens, and the credential made of them. */
export function secretsOf(body: unknown): string[] {
  const { authorization, customHeaders } = Object(body) as { authorization?: unknown; customHeaders?: unknown };
  const { username, password, value } = Object(authorization) as Record<string, unknown>;
  const credential = Array.from(new TextEncoder().encode(`${username}:${password}`), (byte) =>
    String.fromCharCode(byte),
  );
  return [password, value, ...Object.values(Object(customHeaders)), password && btoa(credential.join(''))].filter(
    (secret) => typeof secret === 'string',
  );
}
