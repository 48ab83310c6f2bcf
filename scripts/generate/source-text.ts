/** A string literal of TypeScript. */
export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Text that cannot end the comment that it stands in. */
export const commentText = (text: string): string => text.replaceAll('*/', '*\\/');
