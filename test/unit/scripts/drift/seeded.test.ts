import { describe, expect, it } from 'vitest';
import { seeds } from './seeds/index.js';
import { driftFrom, upstreamDocument } from './small-documents.js';

describe.each(Object.entries(seeds))('%s', (_, all) => {
  it.each(all.map((seed) => [seed.title, seed] as const))('finds %s, and nothing else', (_title, seed) => {
    const document = upstreamDocument();
    const { unexplained, stale } = driftFrom(seed.change(document) ?? document);
    const found = unexplained.map(
      ({ change, subject, name, contract, upstream }) =>
        `${change} ${subject} ${name} at ${contract.pointer}: ${contract.says} → ${upstream.says}`,
    );
    expect(found).toEqual(seed.finds);
    expect(stale.map(({ entry, pointer }) => `${entry} ${pointer}`)).toEqual(seed.stale ?? []);
    for (const finding of unexplained) {
      expect(finding.toDo).toMatch(/ledger entry/);
      expect(finding.contract.line).toBeGreaterThan(1);
      expect(finding.upstream.pointers).not.toHaveLength(0);
    }
  });
});
