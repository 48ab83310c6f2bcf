const maxLength = 400;

/**
 * Text from outside that can do nothing to a terminal or a page: in one line, of a bounded length, without control characters and those
 * that turn the direction of writing.
 */
export function plain(value: string | number | boolean): string {
  const text = String(value)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '');
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** The same as a code span of Markdown, in which nothing but a backtick means anything. */
export function code(value: string | number | boolean): string {
  return `\`${plain(value).replaceAll('`', "'").trim() || ' '}\``;
}
