import { inspect } from 'node:util';
import { DixaError } from '../../src/client/index.js';

/** Everything that a log, a debugger or an error tracker may show of a value. */
export function everythingShownOf(value: unknown): string {
  const shown = [inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }), `${value}`];
  for (let level: unknown = value; level instanceof Error; level = level.cause) {
    const { message, stack, name } = level;
    shown.push(
      name,
      message,
      `${stack}`,
      JSON.stringify(level),
      JSON.stringify(Object.getOwnPropertyDescriptors(level)),
    );
    if (!(level instanceof DixaError)) continue;
    const { headers, body } = level as { headers?: unknown; body?: unknown };
    if (headers instanceof Headers) shown.push(JSON.stringify([...headers]));
    shown.push(`${JSON.stringify(body)}`, strings(body).join('\n'));
  }
  return shown.join('\n');
}

/** All strings in plain data, unescaped, unlike in JSON and `inspect`. */
function strings(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [key, ...strings(value)]);
}

/** How a text may be written by whatever echoes or shows it. */
export const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'within JSON': (text) => JSON.stringify(text).slice(1, -1),
  'within JSON within JSON': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  'by encodeURIComponent': (text) => encodeURIComponent(text),
  'by URLSearchParams': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'by a strict encoder': (text) => new URLSearchParams([['', text]]).toString().slice(1).replaceAll('+', '%20'),
  'in capitals': (text) => text.replaceAll('ß', 'ẞ').toUpperCase(),
  'in small letters': (text) => text.toLowerCase(),
  'by encodeURIComponent, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'within JSON, slashes escaped': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'as escapes of JSON': (text) => text.split('').map(unicodeEscape).join(''),
  'as escapes of JSON, in a URL': (text) => encodeURIComponent(text.split('').map(unicodeEscape).join('')),
  'within JSON within JSON, in a URL, twice': (text) =>
    encodeURIComponent(encodeURIComponent(JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1))),
  'as named entities': (text) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char),
  'as decimal entities': (text) => text.replace(/[&<>"'/]/g, (char) => `&#${char.charCodeAt(0)};`),
  'as hexadecimal entities': (text) => text.replace(/[&<>"'/]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`),
  'by base64': (text) => base64(text),
  'by base64, without padding': (text) => base64(text).replace(/=+$/, ''),
  'by base64url': (text) => Buffer.from(text, 'utf8').toString('base64url'),
  'by base64url, with padding': (text) => base64(text).replaceAll('+', '-').replaceAll('/', '_'),
  'by base64, in a URL': (text) => encodeURIComponent(base64(text)),
  'by base64, within JSON, slashes escaped': (text) => base64(text).replaceAll('/', '\\/'),
  'each character in another way': (text) =>
    [...text].map((char, index) => mixed[index % mixed.length]?.(char) ?? char).join(''),
};

/** Ways to write one character, all with one layer of escapes. */
const mixed: readonly ((char: string) => string)[] = [
  (char) => (/[\\%&+]/.test(char) ? encodeURIComponent(char) : char),
  (char) => `&#${char.codePointAt(0)};`,
  (char) => `&#X${char.codePointAt(0)?.toString(16)};`,
  (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (char) => char.split('').map(unicodeEscape).join(''),
];

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The base64 of a text's UTF-8. */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
