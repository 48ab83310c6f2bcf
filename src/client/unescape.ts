/** The code of each entity that has a name in HTML and XML alike. */
const entities = new Map(Object.entries({ amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 }));
/** The longest entity, without its ampersand: eight digits. */
const LONGEST_ENTITY = 11;
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** A text of UTF-16. */
export function textOf(units: Uint16Array): string {
  return utf16.decode(units);
}

/** The value of a hexadecimal digit; -1 for any other character. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Removes one layer of the escapes of JSON, HTML and URLs. It is one loop, because a callback of `replace` for each
 * escape takes several times as long. An escape is never shorter than what it stands for.
 */
export function unescapeOnce(text: string): string {
  if (!/[\\&%]/.test(text)) return text;
  const units = new Uint16Array(text.length);
  let size = 0;
  /** -1 if not all are digits. */
  const hex = (start: number, length: number) => {
    let value = 0;
    for (let at = start; at < start + length; at += 1) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    return value;
  };
  const byteAt = (at: number) => (text.charCodeAt(at) === PERCENT ? hex(at + 1, 2) : -1);

  for (let at = 0, length: number; at < text.length; at += length) {
    let code = text.charCodeAt(at);
    length = 1;
    if (code === PERCENT) {
      const byte = byteAt(at);
      // How many bytes UTF-8 has after this one. If they are not there, the byte is taken for Latin-1.
      const rest = byte < 0xc0 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      let point = byte & (0x3f >> rest);
      let index = 1;
      for (; index <= rest; index += 1) {
        const next = byteAt(at + 3 * index);
        if (next >> 6 !== 2) break;
        point = (point << 6) | (next & 0x3f);
      }
      if (byte >= 0) {
        const isWhole = rest > 0 && index > rest;
        code = isWhole ? point : byte;
        length = isWhole ? 3 * index : 3;
      }
    } else if (code === BACKSLASH) {
      const next = text.charAt(at + 1);
      // At the end of a secret it may escape what follows the secret in a text: there it is dropped.
      if (!next) break;
      const digits = next === 'u' ? 4 : next === 'x' ? 2 : 0;
      const unit = digits ? hex(at + 2, digits) : -1;
      code = unit >= 0 ? unit : (controls[next] ?? next).charCodeAt(0);
      length = unit >= 0 ? 2 + digits : 2;
    } else if (code === AMPERSAND) {
      const start = text.slice(at + 1, at + 1 + LONGEST_ENTITY);
      const end = start.indexOf(';');
      const entity = end > 0 ? start.slice(0, end) : '';
      const isNumber = entity[0] === '#' && /^#(x[\da-f]+|\d+)$/i.test(entity);
      const meant = isNumber ? Number(`0${entity.slice(1)}`) : entities.get(entity);
      if (meant !== undefined) {
        code = meant;
        length = end + 2;
      }
    }
    if (code > 0xffff) {
      units[size++] = 0xd7c0 + (code >> 10);
      code = 0xdc00 | (code & 0x3ff);
    }
    units[size++] = code;
  }
  return textOf(units.subarray(0, size));
}
