import { createHash } from 'node:crypto';

const maxLength = 400;

/**
 * Text from outside that can do nothing to a terminal or a page: in one line, of a bounded length, without control characters and those
 * that turn the direction of writing. Cut text ends with a fingerprint of all of it, so that what differs still does. Plain text stays as
 * it is, so what was printed can be compared again.
 */
export function plain(value: string | number | boolean): string {
  const text = String(value)
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, (run) => (/\s/.test(run) ? ' ' : ''))
    .trim();
  if (text.length <= maxLength) return text;
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, 12);
  // Half a character is none.
  return `${text.slice(0, maxLength - 30).replace(/[\uD800-\uDBFF]$/, '')}… (sha256 ${fingerprint})`;
}

/** What is said, in the form in which it is compared and printed, and in which the ledger holds it. */
export const plainSays = <T extends string | number | boolean>(says: T): T | string =>
  typeof says === 'string' ? plain(says) : says;

/** The same as a code span of Markdown, in which nothing but a backtick means anything. */
export function code(value: string | number | boolean): string {
  return `\`${plain(value).replaceAll('`', "'") || ' '}\``;
}
