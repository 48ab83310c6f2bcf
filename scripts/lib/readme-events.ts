import { type Contract, ContractError } from './contract.js';
import { type EventType, eventTypesOf } from './events.js';

export const readmeFile = 'README.md';

const start = '<!-- events:start (written by npm run generate) -->';
const end = '<!-- events:end -->';

/** The README with its table of events as the contract has them. All the rest of it is as it was. */
export function withEvents(readme: string, contract: Contract): string {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end, from);
  if (from === -1 || to === -1) {
    throw new ContractError(
      `${readmeFile} must hold the lines "${start}" and "${end}": its table of events goes between.`,
    );
  }
  return `${readme.slice(0, from + start.length)}\n${table(eventTypesOf(contract))}${readme.slice(to)}`;
}

function table(types: readonly EventType[]): string {
  const rows = types.map((type) => [`\`${type.name}\``, meaning(type), payload(type), fqn(type)]);
  return [['event type', 'what it means', 'payload', '`event_fqn`'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

const meaning = ({ summary, summaryEvidence }: EventType) =>
  summaryEvidence === 'documented' ? summary : `${summary} (${summaryEvidence})`;

const payload = ({ payloadEvidence, payloadGap }: EventType) =>
  payloadGap ? `${payloadEvidence}, in part` : payloadEvidence;

const fqn = ({ fqn, fqnEvidence, fqnDoubt }: EventType) =>
  `\`${fqn}\` (${[fqnEvidence, ...(fqnDoubt ? ['doubtful'] : [])].join(', ')})`;
