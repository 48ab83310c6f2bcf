import { type Contract, ContractError } from '../lib/contract.js';
import { type EventType, eventTypesOf } from '../lib/events.js';
import { readmeFile } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';
import { section, withSection } from '../lib/written-section.js';

const events = section('events', 'npm run generate');

/** The README with its table of events as the contract has them. */
export function withEvents(readme: string, contract: Contract): string {
  const changed = withSection(readme, events, eventTable(eventTypesOf(contract)));
  if (changed !== undefined) return changed;
  throw new ContractError(
    `${readmeFile} must hold the lines "${events.start}" and "${events.end}": its table of events goes between.`,
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
