import type { Finding, Thing } from './findings.js';
import { code } from './plain-text.js';

/** A difference of several things at one place of the contract. */
export interface Advised extends Pick<Finding, 'change' | 'subject' | 'contract' | 'upstream'> {
  readonly names: readonly string[];
}

const newThings: Readonly<Record<Thing, (names: string, at: string) => string>> = {
  server: (names, at) => `Add ${names} to ${at}`,
  operation: (names) =>
    `Add ${names} to \`paths\`, with an operationId of ours and the statuses 401 and 429, and test it`,
  parameter: (names, at) => `Add ${names} to ${at}`,
  'request body': (_, at) => `Add the body at ${at}`,
  'media type': (names, at) => `Add ${names} at ${at}, with an example`,
  status: (names, at) => `Add ${names} at ${at}, with an example, and test it`,
  header: (names, at) => `Add ${names} at ${at}`,
  property: (names, at) => `Add ${names} at ${at}`,
  'required property': (names, at) => `Add ${names} to ${at}, which breaks whoever leaves it out`,
  nullability: (_, at) => `Let ${at} be null`,
  'union member': (names, at) => `Add ${names} to ${at}, as a schema of that name with \`_type\``,
  webhooks: () => 'Compare the events that Dixa describes itself now with ours in openapi/events/',
  'event type': (names, at) =>
    `Add ${names} to ${at} and to \`webhooks\`, each with a payload in openapi/events/ and an example in openapi/examples/events/`,
  'filter field': (names, at) => `Add ${names} to ${at} and to the \`x-enumDescriptions\` beside it`,
  'enum value': (names, at) => `Add ${names} to ${at}`,
};

/** What to do about a difference, in a sentence. */
export function advise({ change, subject, names, contract, upstream }: Advised): string {
  const at = code(contract.pointer);
  // Where they are many, they stand above.
  const named = names.length > 3 ? `these ${names.length}` : names.map(code).join(', ');
  if (change === 'new') return `${newThings[subject as Thing](named, at)}; or write a ledger entry.`;
  if (change === 'changed')
    return `Follow it at ${at}: it says ${code(contract.says)}, upstream ${code(upstream.says)}; or write a ledger entry.`;
  if (subject === 'nullability') return `Do not let ${at} be null any more; or write a ledger entry.`;
  if (subject === 'required property') return `Take ${named} out of ${at}; or write a ledger entry.`;
  return `Upstream lacks ${named}: if the contract is right, write a ledger entry; else remove it, a breaking change.`;
}
