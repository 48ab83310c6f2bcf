import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../../scripts/drift/lint.js';
import { root } from '../../../../scripts/lib/package.js';
import { contractFile, ours } from './small-documents.js';
import { inSmallProject, outcome } from './small-project.js';

const good = {
  id: 'an-entry',
  pointer: '#/components/schemas/NoAuth/additionalProperties',
  upstream: 'absent',
  contract: false,
  why: 'Because it was written for this test.',
  evidence: 'inferred',
};

/** What lint says of a ledger. */
const lint = (ledger: string) =>
  inSmallProject((folder) => {
    writeFileSync(join(folder, 'openapi/curation.yaml'), ledger);
    return outcome(main, ['--root', folder]);
  });

async function problems(ledger: string): Promise<string[]> {
  const { code, output } = await lint(ledger);
  expect(code).toBe(output.endsWith(' entries match the schema and the contract.') ? 0 : 1);
  return code === 0 ? [] : output.split('\n');
}
const problemsOf = (...entries: object[]) => problems(JSON.stringify(entries, null, 2));

describe('the ledger', () => {
  it('is checked against its schema and the contract by npm run lint', async () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts.lint).toContain('run.ts drift/lint');
    const { code, output } = await outcome(main, []);
    expect(output).toMatch(/^openapi\/curation\.yaml: all \d+ entries match the schema and the contract\.$/);
    expect(code).toBe(0);
  });

  it('fails lint with the file, the line, the entry and what to do', async () => {
    const { code, output } = await lint(JSON.stringify([good, good], null, 2));
    expect(output).toBe('openapi/curation.yaml:10 an-entry: Another entry has the same id. Change one of them.');
    expect(code).toBe(1);
    expect(await outcome(main, ['--fix'])).toMatchObject({ code: 2, output: expect.stringContaining('--fix') });
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
    const { code, output } = await lint('- id: a\n  id: b\n');
    expect(output).toMatch(/^openapi\/curation\.yaml: .* at line 2/);
    expect(code).toBe(1);
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
