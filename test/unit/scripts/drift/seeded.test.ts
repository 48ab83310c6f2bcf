import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../../scripts/drift/ledger.js';
import { type DriftReport, readOurs } from '../../../../scripts/drift/report.js';
import { seeds } from './seeds/index.js';
import { driftFrom, ours, upstreamDocument } from './small-documents.js';
import { inSmallProject } from './small-project.js';

const reports: DriftReport[] = [];

describe.each(Object.entries(seeds))('%s', (_, all) => {
  it.each(all.map((seed) => [seed.title, seed] as const))('finds %s, and nothing else', (_title, seed) => {
    const document = upstreamDocument();
    const report = driftFrom(seed.change(document) ?? document);
    reports.push(report);
    const found = report.unexplained.map(
      ({ change, subject, name, contract, upstream }) =>
        `${change} ${subject} ${name} at ${contract.pointer}: ${contract.says} → ${upstream.says}`,
    );
    expect(found.sort()).toEqual([...seed.finds].sort());
    expect(report.stale.map(({ entry, pointer }) => `${entry} ${pointer}`)).toEqual(seed.stale ?? []);
    for (const finding of report.unexplained) {
      expect(finding.contract.line).toBeGreaterThan(1);
      expect(finding.upstream.pointers).not.toHaveLength(0);
    }
  });
});

/** Whether the entries below some findings explain them, pasted into the ledger with a reason each. */
async function expectToBeExplained(findings: DriftReport['unexplained']) {
  const written = findings.map(({ newEntry }, index) =>
    newEntry
      .replace(/^- id: .*/, `- id: pasted-${index}`)
      .replace(/why:.*/, 'why: It was pasted as drift printed it.')
      .replace(/evidence:.*/, 'evidence: inferred'),
  );
  const { ledger } = await inSmallProject((folder) => {
    appendFileSync(join(folder, 'openapi/curation.yaml'), written.join('\n'));
    return readOurs(folder);
  });
  const { unexplained, explained } = explain(ledger.entries, ours.contract, { findings, places: new Set() });
  expect(unexplained).toEqual([]);
  expect(explained).toHaveLength(findings.length);
}

describe('the ledger entry below a finding', () => {
  it('explains it once it is pasted, for each finding of each seed', async () => {
    const findings = reports.flatMap(({ unexplained }) => unexplained);
    // Some seeds plant the same.
    const byKey = new Map(findings.map((one) => [JSON.stringify([one.contract, one.upstream.says]), one]));
    expect(byKey.size).toBeGreaterThan(90);
    await expectToBeExplained([...byKey.values()]);
  });

  it('can be pasted, whatever the name and value are', async () => {
    const document = upstreamDocument();
    const { schemas } = document.components;
    const values: string[] = ['Any', 'All'];
    for (const text of [
      ...['# { a: b } * & !', '\'a\' "b" `c`', '```\n- [x] done', ' a  b\n\n\tc ', 'a\u200b \u202e\u001b[2J b'],
      ...['é😀'.repeat(400), 'a/b~c%d', '', '1e3', 'null'],
    ]) {
      schemas.Log.properties[text] = { type: 'string', pattern: text };
      values.push(`x${text}`);
    }
    schemas.CombinedFilters.properties.strategy = { type: 'string', enum: values };
    const { unexplained } = driftFrom(document);
    expect(unexplained).toHaveLength(20);
    await expectToBeExplained(unexplained);
  });

  it('has an unused id', () => {
    const document = upstreamDocument();
    const { Log, CreateInput } = document.components.schemas;
    for (const schema of [Log, CreateInput]) schema.properties.added = { type: 'string' };
    Log.properties.typeDiscriminates = true;
    const ids = driftFrom(document).unexplained.map(({ newEntry }) => newEntry.split('\n')[0]);
    expect(ids).toEqual(['- id: property-added', '- id: property-added-2', '- id: property-type-discriminates']);
  });
});
