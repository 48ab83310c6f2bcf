import { stringify } from 'yaml';
import type { Finding } from './findings.js';

/** The lines of a ledger entry that explains a finding, to be pasted: all but why, and how sure that is. */
export function ledgerStub({ contract, upstream }: Pick<Finding, 'contract' | 'upstream'>, id: string): string[] {
  const entry = {
    id,
    pointer: contract.pointer,
    upstream: upstream.says,
    contract: contract.says,
  };
  const [first, ...rest] = stringify(entry, { lineWidth: 0 }).trimEnd().split('\n');
  return [
    `- ${first}`,
    ...[...rest, 'why:', 'evidence: # documented, observed or inferred'].map((line) => `  ${line}`),
  ];
}

/** An id for an entry that explains a finding, other than those that are taken. */
export function freeId({ subject, name }: Pick<Finding, 'subject' | 'name'>, taken: ReadonlySet<string>): string {
  const id = kebabCase(`${subject} ${name}`);
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}

function kebabCase(text: string): string {
  const words =
    text
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '');
}
