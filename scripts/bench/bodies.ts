import example from '../../openapi/examples/events/ConversationCreated.json' with { type: 'json' };
import { printAsDixa } from '../../test/support/print-as-dixa.js';

/** The bodies that are measured: an event as Dixa prints it, of so many bytes. */
export const bodyCases = [
  { name: '1 kB', bytes: 1_024, text: 'ascii' },
  { name: '10 kB', bytes: 10_240, text: 'ascii' },
  { name: '100 kB', bytes: 102_400, text: 'ascii' },
  { name: '100 kB, not ASCII', bytes: 102_400, text: 'unicode' },
] as const;

/** The name of a case, as the tables and the limits call it. */
export type BodyName = (typeof bodyCases)[number]['name'];

const sentences = {
  ascii: 'The parcel has not arrived yet, and the tracking page says nothing new.\n',
  unicode: 'Pakken er ikke nået frem endnu, og siden siger ikke noget nyt 📦 荷物がまだ届きません。\n',
};

const names = { ascii: 'Parcel', unicode: 'Försändelse 荷物' };

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

function print(text: string, tagList: readonly unknown[]): Buffer {
  const { conversation } = example.value.data;
  const data = { conversation: { ...conversation, subject: text, tags: tagList } };
  return Buffer.from(printAsDixa({ ...example.value, data }));
}

function tags(count: number, text: 'ascii' | 'unicode'): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `5b1f0c1e-8a4d-4f3b-9c62-${String(index).padStart(12, '0')}`,
    name: `${names[text]} ${index}`,
    is_deactivated: false,
  }));
}

/** Text that takes at most so many bytes as JSON. */
function subject(bytes: number, text: 'ascii' | 'unicode'): string {
  const sentence = sentences[text];
  const size = Buffer.byteLength(JSON.stringify(sentence)) - 2;
  const whole = sentence.repeat(Math.floor(bytes / size));
  return whole + '.'.repeat(bytes % size);
}
