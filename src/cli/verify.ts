import { printAsDixa, spaceAsDixa } from '../shared/dixa-json.js';
import { usageError } from './errors.js';
import type { Terminal } from './terminal.js';

/** A change that may have been made to a body, and how to undo it. */
type Change = readonly [what: string, undo: (text: string) => string];

const changes: readonly Change[] = [
  ['a newline was added at the end', (text) => text.replace(/\r?\n$/, '')],
  ['a newline was removed at the end', (text) => `${text}\n`],
  ['a byte order mark was added', (text) => text.replace(/^\uFEFF/, '')],
  ['white space was added around it', (text) => text.trim()],
  ['its line endings were changed from LF to CRLF', (text) => text.replaceAll('\r\n', '\n')],
  ['its line endings were changed from CRLF to LF', (text) => text.replaceAll(/(?<!\r)\n/g, '\r\n')],
  ['its UTF-8 was decoded as Latin-1', (text) => Buffer.from(text, 'latin1').toString('utf8')],
];

/**
 * Tried last, because they undo all changes of white space. The first also undoes changed escapes; the second preserves
 * numbers.
 */
const reprints: readonly Change[] = [
  ['it was parsed and serialised again', (text) => printAsDixa(parse(text))],
  ['it was parsed and serialised again', (text) => spaceAsDixa(text.replace(/^\uFEFF/, ''))],
];

export async function verify(
  terminal: Terminal,
  { signature, at }: { readonly signature?: string; readonly at?: string },
  file?: string,
): Promise<number> {
  if (!signature) throw usageError('Pass --signature: the value of the X-DIXA-SIGNATURE header.');
  const secret = terminal.env.DIXA_WEBHOOK_SECRET;
  if (!secret) throw usageError('DIXA_WEBHOOK_SECRET is not set: export the secret of the subscription.');
  const now = timeOf(at);
  const body = await terminal.read(file, 'the raw body');
  const { verifySignature, DixaSignatureError } = await import('dixa-webhooks/receiver');
  const given = { secret, signature: signature.replace(/^x-dixa-signature:\s*/i, '') };
  // Without a time of arrival, only the signature is checked: a delivery may be verified days later.
  const anyTime = { toleranceMs: Number.POSITIVE_INFINITY };
  try {
    const { timestamp } = await verifySignature({ ...given, body, ...(now === undefined ? anyTime : { now }) });
    const time = timestamp.toISOString();
    terminal.print(`The signature is valid. It was made at ${time}.`, { valid: true, timestamp: time });
    return 0;
  } catch (error) {
    if (!DixaSignatureError.is(error)) throw error;
    const { reason } = error;
    const isRight = (text: string) =>
      verifySignature({ ...given, ...anyTime, body: text }).then(
        () => true,
        () => false,
      );
    const cause = reason === 'signature-mismatch' ? await findCause(body.toString(), isRight) : undefined;
    const text = cause
      ? `The body was changed before it was verified: ${cause}. Verify the raw body, before anything parses it.`
      : error.message;
    terminal.print(`The signature is not valid. ${text}`, { valid: false, reason, cause: cause ?? null });
    return 2;
  }
}

/** Finds the change, or the two changes, that made the signature invalid. */
async function findCause(body: string, isRight: (body: string) => Promise<boolean>): Promise<string | undefined> {
  const once = undo(body, changes);
  const twice = once.flatMap(([first, text]) =>
    undo(text, changes).map(([second, before]) => [`${first}, and ${second}`, before] as const),
  );
  const printed = parse(body) === undefined ? [] : undo(body, reprints);
  for (const [what, before] of [...once, ...twice, ...printed]) if (await isRight(before)) return what;
  return undefined;
}

/** The changes that can be undone, with the text before each. */
function undo(text: string, all: readonly Change[]): (readonly [what: string, before: string])[] {
  return all.map(([what, undone]) => [what, undone(text)] as const).filter(([, before]) => before !== text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined; // Not JSON, so it was not printed by a JSON library.
  }
}

function timeOf(at: string | undefined): number | undefined {
  if (at === undefined) return undefined;
  const time = /^\d{11,15}$/.test(at) ? Number(at) : Date.parse(at);
  if (Number.isNaN(time))
    throw usageError('--at must be ISO 8601, such as 2026-01-31T12:00:00Z, or epoch milliseconds.');
  return time;
}
