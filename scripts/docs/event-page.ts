import type { WebhookOperation } from '../lib/contract.js';
import { type EventType, whereFrom } from '../lib/events.js';
import { markdownTable } from '../lib/table.js';
import { mark } from './evidence.js';
import { eventSample, sampleBlock } from './samples.js';
import { withoutNulls } from './schemas.js';

const howSure = '[how sure](#/section/how-sure-it-is)';

/** The page of an event: called by its name, and told what it means, how sure its parts are, and how to handle it. */
export function eventPage(operation: WebhookOperation, type: EventType): WebhookOperation {
  const { name, summary, source, fqn, fqnDoubt, payloadGap } = type;
  const parts = [
    ['fact', howSure],
    ['what it means', mark(type.summaryEvidence)],
    [sentences(`\`event_fqn\` is \`${fqn}\`${fqnDoubt ? '.' : ''}`, fqnDoubt), mark(type.fqnEvidence)],
    [sentences(`what \`data\` holds${payloadGap ? '.' : ''}`, payloadGap), mark(type.payloadEvidence)],
  ];
  const description = [
    sentences(`${summary}.`, source && whereFrom(source), type.description),
    markdownTable(parts).trimEnd(),
    sampleBlock(eventSample(type)),
  ];
  const { requestBody } = operation;
  return {
    ...operation,
    summary: name,
    description: description.join('\n\n'),
    requestBody: { ...requestBody, content: withOwnExample(requestBody.content) },
  };
}

/** The properties of a payload with the event's own values, not those of another event that has the same payload. */
function withOwnExample(content: WebhookOperation['requestBody']['content']): typeof content {
  return Object.fromEntries(
    Object.entries(content).map(([type, body]) => {
      const [example] = Object.values(body.examples ?? {});
      return [
        type,
        { ...body, schema: { type: 'object', allOf: [body.schema], example: withoutNulls(example?.value) } },
      ];
    }),
  );
}

/** A table of all events, each with a link to its page. */
export function eventTable(types: readonly EventType[]): string {
  const rows = types.map(({ name, summary, summaryEvidence, payloadEvidence }) => {
    const meaning = summaryEvidence === 'documented' ? `${summary}.` : `${mark(summaryEvidence)} ${summary}.`;
    return [`[${name}](#/events/${name.toLowerCase()})<br>${meaning}`, mark(payloadEvidence)];
  });
  return markdownTable([['event', 'payload'], ...rows]).trimEnd();
}

const sentences = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');
