import type { WebhookOperation } from '../contract.js';
import { type EventType, meaningOf, sourceOfPayload } from '../events.js';
import { mark } from './evidence.js';
import { handlerSample } from './handler-samples.js';

/** The page of an event: called by its name, and told what it means, how sure its parts are, and how to handle it. */
export function eventPage(operation: WebhookOperation, type: EventType): WebhookOperation {
  const { fqn, fqnEvidence, fqnDoubt, payloadEvidence } = type;
  const rows = [
    ['', ''],
    ['---', '---'],
    ['event_fqn', cell(mark(fqnEvidence), `\`${fqn}\``, fqnDoubt)],
    ['payload', cell(mark(payloadEvidence), sourceOfPayload(type))],
  ];
  const description = [
    [meaningOf(type), type.description].filter(Boolean).join(' '),
    rows.map(row).join('\n'),
    `\`\`\`javascript\n${handlerSample(type)}\n\`\`\``,
  ];
  return { ...operation, summary: type.name, description: description.join('\n\n') };
}

/** A table of all events, each with a link to its page. */
export function eventTable(types: readonly EventType[]): string {
  const rows = types.map(({ name, summary, summaryEvidence, payloadEvidence }) => {
    const meaning = summaryEvidence === 'documented' ? `${summary}.` : `${mark(summaryEvidence)} ${summary}.`;
    return [`[${name}](#/events/${name.toLowerCase()})<br>${meaning}`, mark(payloadEvidence)];
  });
  return [['event', 'payload'], ['---', '---'], ...rows].map(row).join('\n');
}

const cell = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
