import { type Contract, ContractError } from './contract.js';
import { type EventType, eventTypesOf } from './events.js';
import { replaceBetween } from './markers.js';
import { markdownTable } from './table.js';

export const readmeFile = 'README.md';

const markers = { start: '<!-- events:start (written by npm run generate) -->', end: '<!-- events:end -->' };

/** The README with its table of events as the contract has them. All the rest of it is as it was. */
export function withEvents(readme: string, contract: Contract): string {
  const changed = replaceBetween(readme, markers, eventTable(eventTypesOf(contract)));
  if (changed !== undefined) return changed;
  const { start, end } = markers;
  throw new ContractError(
    `${readmeFile} must hold the lines "${start}" and "${end}": its table of events goes between.`,
  );
}

function eventTable(types: readonly EventType[]): string {
  const rows = types.map((type) => [`\`${type.name}\``, meaning(type), payload(type), fqn(type)]);
  return markdownTable([['event type', 'what it means', 'payload', '`event_fqn`'], ...rows]);
}

const meaning = ({ summary, summaryEvidence }: EventType) =>
  summaryEvidence === 'documented' ? summary : `${summary} (${summaryEvidence})`;

const payload = ({ payloadEvidence, payloadGap }: EventType) =>
  payloadGap ? `${payloadEvidence}, in part` : payloadEvidence;

const fqn = ({ fqn, fqnEvidence, fqnDoubt }: EventType) =>
  `\`${fqn}\` (${[fqnEvidence, ...(fqnDoubt ? ['doubtful'] : [])].join(', ')})`;
