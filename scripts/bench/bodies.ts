import example from '../../openapi/examples/events/ConversationCreated.json' with { type: 'json' };
import { printAsDixa } from '../../test/support/print-as-dixa.js';

/** The bodies that are measured: an event as Dixa prints it, of so many bytes. */
export const bodyCases = [
  { name: '1 kB', bytes: 1_024, text: 'ascii' },
  { name: '1 kB, Danish', bytes: 1_024, text: 'danish' },
  { name: '10 kB', bytes: 10_240, text: 'ascii' },
  { name: '10 kB, Danish', bytes: 10_240, text: 'danish' },
  { name: '100 kB', bytes: 102_400, text: 'ascii' },
  { name: '100 kB, Danish', bytes: 102_400, text: 'danish' },
  { name: '100 kB, not ASCII', bytes: 102_400, text: 'unicode' },
] as const;

/** The name of a case, as the tables and the limits call it. */
export type BodyName = (typeof bodyCases)[number]['name'];

/** What bodies are full of: nothing but ASCII, a few letters of Latin-1 as in most of Europe, and what takes more. */
const texts = {
  ascii: {
    sentence: 'The parcel has not arrived yet, and the tracking page says nothing new.\n',
    name: 'Parcel',
  },
  danish: { sentence: 'Pakken er ikke nået frem endnu, og siden siger ikke noget nyt.\n', name: 'Forsendelse på vej' },
  unicode: {
    sentence: 'Pakken er ikke nået frem endnu, og siden siger ikke noget nyt 📦 荷物がまだ届きません。\n',
    name: 'Försändelse 荷物',
  },
} as const;

type Text = keyof typeof texts;

/** A body of a size: its conversation has tags for half of what the example leaves, and a long subject for the rest. */
export function bodyOf(name: BodyName): Buffer {
  const found = bodyCases.find((body) => body.name === name);
  if (!found) throw new Error(`There is no body called ${name}.`);
  const { bytes, text } = found;
  const base = print('', []).length;
  const tagBytes = print('', tags(1, text)).length - base;
  const tagList = tags(Math.floor((bytes - base) / 2 / tagBytes), text);
  return print(subject(bytes - print('', tagList).length, text), tagList);
}

/** The body with one letter of the event's id changed: JSON as before, and an event as before, but not what was signed. */
export function forged(body: Buffer): Buffer {
  const at = body.indexOf(example.value.event_id);
  if (at < 0) throw new Error('The body has no event_id to change.');
  const changed = Buffer.from(body);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

function print(text: string, tagList: readonly unknown[]): Buffer {
  const { conversation } = example.value.data;
  const data = { conversation: { ...conversation, subject: text, tags: tagList } };
  return Buffer.from(printAsDixa({ ...example.value, data }));
}

function tags(count: number, text: Text): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `5b1f0c1e-8a4d-4f3b-9c62-${String(index).padStart(12, '0')}`,
    name: `${texts[text].name} ${index}`,
    is_deactivated: false,
  }));
}

/** Text that takes at most so many bytes as JSON. */
function subject(bytes: number, text: Text): string {
  const { sentence } = texts[text];
  const size = Buffer.byteLength(JSON.stringify(sentence)) - 2;
  const whole = sentence.repeat(Math.floor(bytes / size));
  return whole + '.'.repeat(bytes % size);
}
