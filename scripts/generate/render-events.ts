import type { Contract } from '../lib/contract.js';
import { type EventType, eventTypesOf, meaningOf, sourceOfPayload } from '../lib/events.js';
import { readmeFile } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';
import { section, withSection } from '../lib/written-section.js';
import { banner, quote } from './generated-files.js';
import { type ObjectPrinter, objectPrinter } from './render-objects.js';

/** `generated/event-types.ts`: the list of event types, each with its meaning. */
export function renderEventTypes(contract: Contract): string {
  const entries = eventTypesOf(contract).map(
    (type) => `  /** ${commentText(meaningOf(type))} */\n  ${quote(type.name)},\n`,
  );
  return `${banner()}
/** All event types that this version knows. Dixa adds event types over time. */
export const webhookEventTypes = [
${entries.join('')}] as const;
`;
}

/**
 * `generated/events.ts`: the types of the events and their data, with names that editors show.
 *
 * Data are type aliases, not interfaces, so that they can be passed as a `Record<string, unknown>`.
 *
 * @param types `generated/openapi.ts`
 */
export function renderEvents(contract: Contract, types: string): string {
  const events = eventTypesOf(contract);
  const objects = objectPrinter(types);
  const payloads = new Map(events.map((type) => [type.payload, type]));
  const data = [...payloads.values()].map((type) => renderData(type, objects));
  return `${banner()}
${[objects.printWithNamed('EventEnvelope'), ...data, ...events.map(renderInterface)].join('\n')}
/** Maps each event type to the type of its event. */
export interface WebhookEvents {
${events.map(({ name }) => `  ${name}: ${name}Event;\n`).join('')}}
`;
}

/** `generated/event-details.ts`: what is known about each event type. Separate, because the receiver does not need it. */
export function renderEventDetails(contract: Contract): string {
  return `${banner()}
/** The meaning of each event type, its name in the payload (\`event_fqn\`), and the evidence for that name and the payload. */
export const webhookEventDetails = {
${eventTypesOf(contract).map(renderDetails).join('')}} as const;
`;
}

const readmeSection = section(readmeFile, 'events', 'npm run generate');

/** The README with an updated table of events. */
export const withEvents = (readme: string, contract: Contract): string =>
  withSection(readme, readmeSection, eventTable(eventTypesOf(contract)));

function renderInterface(type: EventType): string {
  const { name, description, fqn, fqnEvidence, fqnDoubt, payload } = type;
  const comment = [meaningOf(type), description, `\`event_fqn\`: \`${fqn}\` (${fqnEvidence}).`, fqnDoubt].filter(
    Boolean,
  );
  return `/** ${commentText(comment.join(' '))} */
export interface ${name}Event extends EventEnvelope {
  readonly type: ${quote(name)};
  ${dataComment(type)}
  data: ${dataName(payload)};
}
`;
}

function renderData(type: EventType, objects: ObjectPrinter): string {
  return `${dataComment(type)}
export type ${dataName(type.payload)} = ${objects.printProperty(type.payload, 'data')};
`;
}

const dataName = (payload: string): string => payload.replace(/(?:Payload)?$/, 'Data');

function dataComment(type: EventType): string {
  const mayBeMissing = type.payloadEvidence === 'unknown' ? undefined : 'Any field may be missing.';
  return `/** ${commentText([type.data, mayBeMissing, sourceOfPayload(type)].filter(Boolean).join(' '))} */`;
}

function renderDetails({ name, summary, fqn, fqnEvidence, payloadEvidence }: EventType): string {
  const fields = [
    `summary: ${quote(summary)}`,
    `eventFqn: ${quote(fqn)}`,
    `eventFqnEvidence: ${quote(fqnEvidence)}`,
    `payloadEvidence: ${quote(payloadEvidence)}`,
  ];
  return `  ${name}: { ${fields.join(', ')} },\n`;
}

/** Escapes text so that it cannot end the comment. */
const commentText = (text: string): string => text.replaceAll('*/', '*\\/');

const byEvidence = ['documented', 'observed', 'inferred', 'unknown'];

/** One row for all event types with the same payload, the best known first. */
function eventTable(types: readonly EventType[]): string {
  const rank = ({ payloadEvidence }: EventType) => byEvidence.indexOf(payloadEvidence);
  const payloads = [...new Set([...types].sort((a, b) => rank(a) - rank(b)).map(({ payload }) => payload))];
  const rows = payloads.flatMap((payload) => {
    const same = types.filter((type) => type.payload === payload);
    const [{ data = '', payloadEvidence = '', payloadGap = undefined } = {}] = same;
    const names = same.map(({ name }) => `\`${name}\``).join(' ');
    return [[names, data, payloadGap ? `partly ${payloadEvidence}` : payloadEvidence]];
  });
  return markdownTable([['event type', '`data`', 'source'], ...rows]);
}
