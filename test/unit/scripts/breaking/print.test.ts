import { expect, it } from 'vitest';
import type { Finding } from '../../../../scripts/breaking/finding.js';
import { partText } from '../../../../scripts/breaking/report.js';

const patches = Array.from(
  { length: 7 },
  (_, index): Finding => ({ level: 'patch', where: `p${index}`, what: 'was changed' }),
);

it('the worst comes first, and of many that break nobody a few are told of', () => {
  const findings: Finding[] = [
    ...patches,
    { level: 'minor', where: 'm', what: 'is new' },
    { level: 'major', where: 'M', what: 'is gone' },
  ];
  expect(partText({ title: 'the contract', findings }).split('\n')).toEqual([
    'the contract:',
    '  major  M is gone',
    '  minor  m is new',
    '  patch  p0 was changed',
    '  patch  p1 was changed',
    '  patch  p2 was changed',
    '  patch  p3 was changed',
    '  patch  p4 was changed',
    '  patch  and 2 more',
  ]);
});

it('each of a few that break nobody is told of', () => {
  const text = partText({ title: 'the contract', findings: patches.slice(0, 5) });
  expect(text.split('\n').slice(1)).toEqual([0, 1, 2, 3, 4].map((index) => `  patch  p${index} was changed`));
});

it('what was not compared is no finding, and no silence', () => {
  expect(partText({ title: 'the exports', findings: [], missing: 'v0.1.0 has no api.md.' })).toBe(
    'the exports: not compared. v0.1.0 has no api.md.',
  );
  expect(partText({ title: 'the exports', findings: [] })).toBe('the exports: nothing');
});
