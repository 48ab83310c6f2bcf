import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../../scripts/lib/package.js';

const workflow = parse(readFileSync(join(root, '.github/workflows/drift.yml'), 'utf8'));
const report: string = workflow.jobs.report.steps.find(
  ({ name }: { name?: string }) => name === 'Update the issue',
).run;

/** A fake gh command with at most one open issue. It records the changes that it is asked to make. */
const gh = `#!/usr/bin/env bash
case "$1 $2" in
  "issue list") [ ! -f issue ] || echo 7 ;;
  "issue view") cat issue ;;
  *) echo "$1 $2" >> calls; while [ $# -gt 1 ]; do [ "$1" != --body-file ] || cat "$2" >> written; shift; done ;;
esac
`;

/** What the last step of the workflow does about what drift found, given the texts of the issue that is open. */
function told(status: 0 | 1, markdown: string, issue?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  try {
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('gh', gh);
    chmodSync(join(folder, 'gh'), 0o755);
    for (const name of ['calls', 'written']) write(name, '');
    write('drift.md', markdown);
    if (issue !== undefined) write('issue', issue);
    // As GitHub runs a step.
    execFileSync('bash', ['-e', '-c', report], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, STATUS: String(status) },
    });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { calls: read('calls').split('\n').filter(Boolean), written: read('written') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const drift =
  '`v1.yaml` (`API 1.0`) against x.\n\n- [ ] **property** `a`\n  - contract: `openapi/dixa-webhooks.yaml:12`\n  - upstream: `#/IsOneOf5`\n\n- [ ] **ledger entry** `b` at `#/b`\n  - place: `openapi/curation.yaml:8`\n';

it('opens an issue if there is drift and none is open', () => {
  const { calls, written } = told(1, drift);
  expect(calls).toEqual(['label create', 'issue create']);
  expect(written.startsWith(drift)).toBe(true);
  expect(written).toMatch(/\n<!-- drift [0-9a-f]{16} -->\n$/);
});

it('shortens a text that is longer than an issue may be', () => {
  const { written } = told(1, drift + '- [ ] more\n'.repeat(10_000));
  expect(written.length).toBeLessThan(65_536);
  expect(written).toMatch(/\n<!-- drift [0-9a-f]{16} -->\n$/);
});

it('leaves an issue about the same drift alone, whatever was checked off or renumbered', () => {
  const { written } = told(1, drift);
  const moved = drift
    .replace(':12', ':34')
    .replace('API 1.0', 'API 1.1')
    .replace('IsOneOf5', 'IsOneOf6')
    .replace(':8', ':9');
  expect(told(1, moved, written.replace('[ ]', '[x]')).calls).toEqual([]);
});

it('adds a comment if the drift differs from the last report', () => {
  const first = told(1, drift).written;
  const { calls, written } = told(1, drift.replace('`a`', '`b`'), first);
  expect(calls).toEqual(['issue comment']);
  expect(written).toContain('`b`');
  // And again if it is the same as at first.
  expect(told(1, drift, first + written).calls).toEqual(['issue comment']);
});

it('comments on an issue that a person opened', () => {
  expect(told(1, drift, 'Something is odd.\n').calls).toEqual(['issue comment']);
});

it('closes the issue once there is nothing unexplained', () => {
  expect(told(0, 'Nothing to do.', 'An issue.\n').calls).toEqual(['issue close']);
  expect(told(0, 'Nothing to do.').calls).toEqual([]);
});
