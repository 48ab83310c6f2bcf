import { CommandError, usageError } from './errors.js';
import type { Terminal } from './terminal.js';

export async function readJson(terminal: Terminal, file: string | undefined, what: string): Promise<unknown> {
  const text = (await terminal.read(file, what)).toString().replace(/^\uFEFF/, '');
  const place = !file || file === '-' ? 'Standard input' : file;
  if (!text.trim()) throw new CommandError('JSON', `${place} is empty: it must contain ${what}.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the text, which may contain secrets.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const lines = text.slice(0, Number(position)).split('\n');
    const where = position ? `: check line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}` : '';
    throw new CommandError('JSON', `${place} is not valid JSON${where}.`);
  }
}

export function wholeNumber(value: string | undefined, flag: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw usageError(`${flag} must be a whole number from ${least} to ${most}.`);
}
