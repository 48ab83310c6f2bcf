import type { Contract, Marks } from '../lib/contract.js';
import type { Evidence } from '../lib/events.js';
import { markdownTable } from '../lib/table.js';

const meanings: Readonly<Record<Evidence, string>> = {
  documented: 'Documented by Dixa.',
  observed: 'Seen in practice, not documented by Dixa.',
  inferred: 'A guess, not documented by Dixa.',
  unknown: 'Neither documented nor observed.',
};

/** The badge for the evidence of a statement. Its colours are in docs/page.css. */
export const mark = (evidence: Evidence): string =>
  `<span class="evidence ${evidence}" title="${meanings[evidence]}">${evidence}</span>`;

/** The meaning of each mark. */
export function markTable(): string {
  const rows = Object.entries(meanings).map(([evidence, meaning]) => [mark(evidence as Evidence), meaning]);
  return markdownTable([['mark', 'meaning'], ...rows]).trimEnd();
}

/** Puts a mark before each description that has `x-evidence`, and removes words that only repeat the mark. */
export function markEvidence(contract: Contract): Contract {
  return marked(contract) as Contract;
}

function marked(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(marked);
  if (typeof node !== 'object' || node === null) return node;
  // Examples are data, not statements of the contract.
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === 'example' || key === 'examples' ? value : marked(value),
  ]);
  const copy = Object.fromEntries(entries);
  const { this: evidence } = (copy['x-evidence'] ?? {}) as Marks;
  if (evidence && typeof copy.description === 'string') {
    copy.description = `${mark(evidence)} ${copy.description.replace(/ (Observed|Inferred)(, not documented)?\.$/, '')}`;
  }
  return copy;
}
