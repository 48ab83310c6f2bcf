import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../../../../scripts/drift/document.js';
import { readOurs } from '../../../../scripts/drift/report.js';
import { contractFile, ours } from './small-documents.js';
import { inSmallProject } from './small-project.js';

const good = {
  id: 'an-entry',
  pointer: '#/components/schemas/NoAuth/additionalProperties',
  upstream: 'absent',
  contract: false,
  why: 'Because it was written for this test.',
  evidence: 'inferred',
};

/** The problems of a ledger. */
const problems = (ledger: string) =>
  inSmallProject((folder): string[] => {
    writeFileSync(join(folder, 'openapi/curation.yaml'), ledger);
    try {
      readOurs(folder);
      return [];
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return error.message.split('\n');
    }
  });

const problemsOf = (...entries: object[]) => problems(JSON.stringify(entries, null, 2));

describe('the ledger', () => {
  it('is refused with the file, the line, the entry and what to do', async () => {
    expect(await problemsOf(good, good)).toEqual([
      'openapi/curation.yaml:10 an-entry: Another entry has the same id. Change one of them.',
    ]);
  });

  it('may be empty, and may refer to things that the contract lacks', async () => {
    expect(await problems('')).toEqual([]);
    const lacks = { contract: 'absent', upstream: 'optional string' };
    expect(await problemsOf(good)).toEqual([]);
    expect(
      await problemsOf({ ...good, ...lacks, pointer: '#/components/schemas/NoAuth/properties/hint/format' }),
    ).toHaveLength(1);
    expect(
      await problemsOf({ ...good, ...lacks, pointer: '#/components/schemas/CustomHeaders/properties/since' }),
    ).toEqual([]);
    expect(await problemsOf({ ...good, ...lacks, pointer: '#/paths/*/*/responses/418' })).toEqual([]);
  });

  it.each([
    ['no list', { id: 'x' }, /^openapi\/curation\.yaml must be array\.$/],
    ['a missing property', [{ ...good, why: undefined }], /:2 an-entry: must have required property 'why'\.$/],
    ['an unknown property', [{ ...good, reason: 'x' }], /an-entry: must NOT have additional properties: reason\.$/],
    ['a bad id', [{ ...good, id: 'An Entry' }], /:3 An Entry: `id` must match pattern .*kebab case\.$/],
    ['a pointer without #', [{ ...good, pointer: '/components' }], /`pointer` must match pattern/],
    [
      'a bad pointer in a list',
      [{ ...good, pointer: ['x'] }],
      /:5 an-entry: `pointer\/0` must match pattern .* starts with `#\/`\.$/,
    ],
    ['no pointer', [{ ...good, pointer: [] }], /`pointer` must NOT have fewer than 1 items/],
    ['a side in prose of many parts', [{ ...good, upstream: ['a'] }], /`upstream` must be string,number,boolean/],
    [
      'unknown evidence',
      [{ ...good, evidence: 'sure' }],
      /`evidence` must be equal to .*: documented, observed, inferred\. The evidence/,
    ],
    [
      'a reason that is none',
      [{ ...good, why: 'Because.' }],
      /`why` must NOT have fewer than 20 characters\. Why the contract/,
    ],
    [
      'a pointer to nothing',
      [{ ...good, pointer: '#/components/schemas/NoAuth/additional' }],
      /is not in the contract\. Write the pointer as/,
    ],
    ['a pattern for nothing', [{ ...good, pointer: '#/paths/*/*/responses/999' }], /is not in the contract/],
    [
      'a lack where nothing is',
      [{ ...good, contract: 'absent', upstream: 1, pointer: '#/a/b/c' }],
      /and neither is anything that could contain it/,
    ],
    ['a place outside of drift', [{ ...good, pointer: '#/info/title' }], /is not a place that drift compares/],
    ['a whole subtree', [{ ...good, pointer: '#/components/schemas' }], /is not a place that drift compares/],
    ['no difference', [{ ...good, upstream: false }], /Both sides say the same/],
  ])('is refused for %s', async (_, ledger, reason) => {
    const found = await problems(JSON.stringify(ledger, null, 2));
    expect(found).toEqual([expect.stringMatching(reason)]);
  });

  it('is refused with the line if it is not YAML', async () => {
    const [problem] = await problems('- id: a\n  id: b\n');
    expect(problem).toMatch(/^openapi\/curation\.yaml: .* at line 2/);
  });
});

it.each([
  ['#/components/schemas/NoAuth/additionalProperties', 'additionalProperties: false'],
  ['#/paths/~1webhooks/get/responses/401', '"401":'],
  ['#/components/schemas/WebhookAuthorization/oneOf/1', '- $ref: "#/components/schemas/TokenAuth"'],
  ['#/components/schemas/NoAuth/properties/missing', 'properties:'],
])('the contract knows the line of %s', (pointer, text) => {
  const lines = readFileSync(contractFile, 'utf8').split('\n');
  expect(lines[ours.contract.lineOf(pointer) - 1]?.trim()).toContain(text);
});
