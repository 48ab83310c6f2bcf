import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatMarkdown } from '../../../../scripts/drift/format-markdown.js';
import { formatText } from '../../../../scripts/drift/format-text.js';
import { groupFindings } from '../../../../scripts/drift/group.js';
import { type DriftReport, makeReport, type Ours, readOurs } from '../../../../scripts/drift/report.js';
import { seeds } from './seeds/index.js';
import { type Document, driftFrom, replaceInLists, upstreamDocument } from './small-documents.js';
import { inSmallProject } from './small-project.js';

/** The entries that a report holds, as they are printed: in the terminal beside a label, in Markdown in a block of code. */
const printed = {
  text: (report: DriftReport) => blocks(formatText(report), /^ {2}entry {5}(.*\n(?: {12}.*\n)+)/gm, / {12}/y),
  markdown: (report: DriftReport) => blocks(formatMarkdown(report), /^ {4}```yaml\n([\s\S]*?)^ {4}```$/gm, / {4}/y),
};

function blocks(text: string, block: RegExp, indent: RegExp): string[] {
  return [...text.matchAll(block)].map(([, lines = '']) => lines.replace(new RegExp(`^${indent.source}`, 'gm'), ''));
}

/** What the small contract and its ledger say once entries were pasted, with a reason each. */
function withPasted(entries: readonly string[]) {
  const written = entries.map((entry, index) =>
    entry
      .replace(/^- id: .*/, `- id: pasted-${index}`)
      .replace(/why:.*/, 'why: It was pasted as drift printed it.')
      .replace(/evidence:.*/, 'evidence: inferred'),
  );
  return inSmallProject((folder) => {
    appendFileSync(join(folder, 'openapi/curation.yaml'), written.join('\n'));
    return readOurs(folder);
  });
}

const compared = (document: Document, to: Ours) => makeReport(to, { source: 'It', text: JSON.stringify(document) });

async function expectToBeExplained(documents: readonly Document[], print: (report: DriftReport) => string[]) {
  const reports = documents.map(driftFrom);
  const pasted = await withPasted(reports.flatMap(print));
  for (const [index, { unexplained }] of reports.entries()) {
    const groups = groupFindings(unexplained).length;
    const after = compared(documents[index], pasted);
    expect(after.explained.filter(({ entry }) => entry.startsWith('pasted-'))).toHaveLength(groups);
    // One entry is printed where several names need one each.
    expect(after.unexplained).toHaveLength(unexplained.length - groups);
  }
}

describe.each(Object.entries(printed))('a ledger entry as it is printed in %s', (_, print) => {
  it.each(Object.entries(seeds))('explains what it was printed for: %s', async (_title, all) => {
    const documents = all.map(({ change }) => {
      const document = upstreamDocument();
      return change(document) ?? document;
    });
    await expectToBeExplained(documents, print);
  });

  it.each([
    ['signs of YAML', '# { a: b } * & !'],
    ['quotes', '\'a\' "b" `c`'],
    ['a block of code that ends', '```\n- [x] done'],
    ['runs of blanks', ' a  b\n\n\tc '],
    ['what cannot be seen', 'a\u200b \u202e\u001b[2J b'],
    ['a thousand characters', 'é😀'.repeat(400)],
    ['a slash and a tilde', 'a/b~c%d'],
    ['nothing', ''],
    ['a number', '1e3'],
    ['a word of YAML', 'null'],
  ])('can be pasted though a name and a value hold %s', async (_title, text) => {
    const document = upstreamDocument();
    const { schemas } = document.components;
    schemas.Log.properties[text] = { type: 'string' };
    schemas.CreateInput.properties.url.pattern = text;
    schemas.CreateInput.properties.enabled.default = { [text]: text };
    schemas.CombinedFilters.properties.strategy = { type: 'string', enum: ['Any', 'All', `x${text}`] };
    await expectToBeExplained([document], print);
  });
});

it('tells values apart that are cut to the same beginning', async () => {
  const document = upstreamDocument();
  document.components.schemas.CreateInput.properties.url.pattern = `${'a'.repeat(500)}b`;
  const entries = printed.text(driftFrom(document));
  document.components.schemas.CreateInput.properties.url.pattern = `${'a'.repeat(500)}c`;
  const { unexplained, stale } = compared(document, await withPasted(entries));
  expect(unexplained).toEqual([expect.objectContaining({ subject: 'pattern', outdatedEntry: 'pasted-0' })]);
  expect(stale).toHaveLength(1);
});

it('may hold what the documents say as they write it, in several lines and at any length', async () => {
  const [ourText, theirText] = [`a  b\n${'c '.repeat(300)}`, `\u200bd\t\te${'f'.repeat(600)}`];
  const document = upstreamDocument();
  document.paths['/beta/webhooks/{webhookSubscriptionId}/deliveries/{event}'].get.parameters[1].schema.pattern =
    theirText;
  const { unexplained, explained } = await inSmallProject((folder) => {
    const replaceIn = (name: string, from: string, to: string) => {
      const text = readFileSync(join(folder, 'openapi', name), 'utf8');
      expect(text).toContain(from);
      writeFileSync(join(folder, 'openapi', name), text.replace(from, to));
    };
    replaceIn('dixa-webhooks.yaml', '"^[A-Za-z0-9]+$"', JSON.stringify(ourText));
    replaceIn(
      'curation.yaml',
      'upstream: absent\n  contract: ^[A-Za-z0-9]+$',
      `upstream: ${JSON.stringify(theirText)}\n  contract: ${JSON.stringify(ourText)}`,
    );
    return compared(document, readOurs(folder));
  });
  expect(unexplained).toEqual([]);
  expect(explained.map(({ entry }) => entry)).toContain('event-in-path-is-a-name');
});

it('has an id of its own, so that all entries of a report can be pasted', () => {
  const document = upstreamDocument();
  for (const name of ['CreateInput', 'Log']) document.components.schemas[name].properties.added = { type: 'string' };
  const ids = printed.text(driftFrom(document)).map((entry) => entry.split('\n')[0]);
  expect(ids).toEqual(['- id: property-added', '- id: property-added-2']);
});

it('says once that each of several names needs an entry', () => {
  const report = driftFrom(replaceInLists(upstreamDocument(), 'AgentBannedIp,', 'AgentBannedIp, One, Two,'));
  expect(printed.text(report)).toEqual([
    [
      '- id: event-type-one',
      '  pointer: "#/components/schemas/WebhookEventType/enum"',
      '  upstream: One',
      '  contract: absent',
      '  why:',
      '  evidence: # documented, observed or inferred',
      '# and one for each of the others',
      '',
    ].join('\n'),
  ]);
});
