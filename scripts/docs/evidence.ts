import type { Contract, Marks, Schema } from '../lib/contract.js';
import { type Evidence, whereFrom } from '../lib/events.js';
import { markdownTable } from '../lib/table.js';

const meanings: Readonly<Record<Evidence, string>> = {
  documented: 'Dixa says so.',
  observed: 'It was seen in practice. Dixa does not document it.',
  inferred: 'It is a guess. Dixa does not document it.',
  unknown: 'Nobody knows.',
};

/** How sure a statement is, as the page shows it. Its colours are in docs/page.css. */
export const mark = (evidence: Evidence): string =>
  `<span class="evidence ${evidence}" title="${meanings[evidence]}">${evidence}</span>`;

/** What each mark means. */
export function markTable(): string {
  const rows = Object.entries(meanings).map(([evidence, meaning]) => [mark(evidence as Evidence), meaning]);
  return markdownTable([['mark', 'what it means'], ...rows]).trimEnd();
}

/** The document with a mark before each description of what carries `x-evidence`, in the place of words that say nothing else. */
export function markEvidence(contract: Contract): Contract {
  return marked(contract) as Contract;
}

function marked(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(marked);
  if (typeof node !== 'object' || node === null) return node;
  // Examples are data: nothing in them is a statement of the contract.
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === 'example' || key === 'examples' ? value : marked(value),
  ]);
  const copy = Object.fromEntries(entries);
  const { this: evidence } = (copy['x-evidence'] ?? {}) as Marks;
  if (evidence && typeof copy.description === 'string') {
    copy.description = `${mark(evidence)} ${copy.description.replace(' Observed, not documented.', '')}`;
  }
  if (Array.isArray(copy.enum) && copy['x-enumDescriptions']) copy['x-enumDescriptions'] = valueTexts(copy);
  return copy;
}

/** What each value of an enum means, with how sure that is and where the value is from. */
function valueTexts(schema: Schema): Record<string, string> {
  const { 'x-enumDescriptions': texts = {}, 'x-evidence': { values = {} } = {} } = schema;
  return Object.fromEntries(
    Object.entries(texts).map(([value, text]) => {
      const { meaning, source } = values[value] ?? {};
      return [value, [meaning && mark(meaning), text, source && whereFrom(source)].filter(Boolean).join(' ')];
    }),
  );
}
