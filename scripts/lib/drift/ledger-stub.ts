import { stringify } from 'yaml';
import type { Finding } from './findings.js';

/** The lines of a ledger entry that explains a finding, to be pasted: all but why, and how sure that is. */
export function ledgerStub(
  finding: Pick<Finding, 'subject' | 'name' | 'contract' | 'upstream'>,
  id?: string,
): string[] {
  const { subject, name, contract, upstream } = finding;
  const entry = {
    id: id ?? kebabCase(`${subject} ${name}`),
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

function kebabCase(text: string): string {
  const words =
    text
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '');
}
