import { printAsDixa, spaceAsDixa } from '../shared/dixa-json.js';
import { usageError } from './errors.js';
import type { Terminal } from './terminal.js';

/** What may have been done to a body on its way, and how to undo it. Undefined: it was not done. */
const changes: readonly (readonly [what: string, undo: (text: string) => string | undefined])[] = [
  ['a newline was added at the end', (text) => (/\r?\n$/.test(text) ? text.replace(/\r?\n$/, '') : undefined)],
  ['a newline was removed at the end', (text) => `${text}\n`],
  ['white space was added around it', (text) => (text.trim() === text ? undefined : text.trim())],
  [
    'its line ends were changed from LF to CRLF',
    (text) => (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : undefined),
  ],
  ['its line ends were changed from CRLF to LF', (text) => text.replaceAll(/(?<!\r)\n/g, '\r\n')],
  ['a byte order mark was added', (text) => (text.startsWith('\uFEFF') ? text.slice(1) : undefined)],
  ['its UTF-8 was read as Latin-1', (text) => Buffer.from(text, 'latin1').toString('utf8')],
  ['it was parsed and printed again', (text) => reprinted(text, (parsed) => printAsDixa(parsed))],
  ['its white space was changed', (text) => reprinted(text, () => spaceAsDixa(text))],
];

function reprinted(text: string, print: (parsed: unknown) => string): string | undefined {
  try {
    return print(JSON.parse(text));
  } catch {
    return undefined; // It was not parsed, then.
  }
}

export async function verify(
  terminal: Terminal,
  { signature, at }: { readonly signature?: string; readonly at?: string },
  file?: string,
): Promise<number> {
  if (!signature) throw usageError('Pass --signature: the value of the header X-DIXA-SIGNATURE.');
  const secret = terminal.env.DIXA_WEBHOOK_SECRET;
  if (!secret) throw usageError('DIXA_WEBHOOK_SECRET is not set: export the secret of the subscription.');
  const now = timeOf(at);
  const body = await terminal.read(file, 'the raw body');
  const { verifySignature, DixaSignatureError } = await import('dixa-webhooks/receiver');
  const given = { secret, signature: signature.replace(/^x-dixa-signature:\s*/i, '') };
  // Without a time of arrival only the signature counts: a delivery may be checked days later.
  const anyTime = { toleranceMs: Number.POSITIVE_INFINITY };
  try {
    const { timestamp } = await verifySignature({ ...given, body, ...(now === undefined ? anyTime : { now }) });
    const time = timestamp.toISOString();
    terminal.print(`The signature holds. It was made at ${time}.`, { valid: true, timestamp: time });
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
      ? `The body was changed on its way: ${cause}. Verify the raw body, before anything parses it.`
      : error.message;
    terminal.print(`The signature does not hold. ${text}`, { valid: false, reason, cause: cause ?? null });
    return 2;
  }
}

/** The one or two changes without which the body is right. */
async function findCause(body: string, isRight: (body: string) => Promise<boolean>): Promise<string | undefined> {
  const undone = changesIn(body);
  for (const [what, text] of undone) if (await isRight(text)) return what;
  for (const [first, once] of undone) {
    for (const [second, text] of changesIn(once)) if (await isRight(text)) return `${first}, and ${second}`;
  }
  return undefined;
}

function changesIn(body: string): [what: string, before: string][] {
  return changes.flatMap(([what, undo]): [string, string][] => {
    const before = undo(body);
    return before === undefined || before === body ? [] : [[what, before]];
  });
}

function timeOf(at: string | undefined): number | undefined {
  if (at === undefined) return undefined;
  const time = /^\d{11,15}$/.test(at) ? Number(at) : Date.parse(at);
  if (Number.isNaN(time))
    throw usageError('--at must be ISO 8601, such as 2026-01-31T12:00:00Z, or epoch milliseconds.');
  return time;
}
