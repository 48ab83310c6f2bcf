import { describe, expect, it } from 'vitest';
import { tellsRuntimes, withRuntimes } from '../../runtimes/table.js';

const start = '<!-- runtimes:start (written by npm run test:runtimes -- --write) -->';
const end = '<!-- runtimes:end -->';
const empty = `# Before\n${start}\n${end}\nafter\n`;

const node = { name: 'Node 20', version: '20.20.2', isUnpinned: false, passed: 199, seconds: 2.1 };
const chromium = { name: 'Chromium', version: '142.0.7444.59', isUnpinned: true, passed: 183, seconds: 7 };

describe('the table of runtimes in the reference', () => {
  it('has a row for each runtime with its time in whole seconds, and nothing around it changes', () => {
    const table =
      '| runtime | version | checks passed | time, about |\n| --- | --- | --- | --- |\n' +
      '| Node 20 | 20.20.2 | 199 | 3 s |\n| Chromium | 142.0.7444.59 | 183 | 7 s |\n';
    const readme = `# Before\n${start}\nan old table\n${end}\nafter\n`;
    expect(withRuntimes(readme, [node, chromium])).toBe(`# Before\n${start}\n${table}${end}\nafter\n`);
  });

  it.each([start, end, ''])('needs both of its marker lines: only %j is refused', (line) => {
    expect(() => withRuntimes(`# Before\n${line}\n`, [])).toThrow(`${start}" and "${end}`);
    expect(() => tellsRuntimes(`# Before\n${line}\n`, [])).toThrow(`${start}" and "${end}`);
  });

  const readme = withRuntimes(empty, [node, chromium]);

  it.each([
    ['the same', [node, chromium]],
    ['another time', [{ ...node, seconds: 60 }, chromium]],
    ['another browser', [node, { ...chromium, version: '150.0.1' }]],
  ])('still applies after %s', (_, proven) => {
    expect(tellsRuntimes(readme, proven)).toBe(true);
  });

  it.each([
    ['another count', [{ ...node, passed: 200 }, chromium]],
    ['another version that is pinned', [{ ...node, version: '20.20.3' }, chromium]],
    ['another name', [{ ...node, name: 'Node 22' }, chromium]],
    ['one runtime more', [node, chromium, { ...node, name: 'Bun' }]],
    ['one runtime less', [node]],
  ])('no longer applies after %s', (_, proven) => {
    expect(tellsRuntimes(readme, proven)).toBe(false);
  });

  it('does not hold while it is empty', () => {
    expect(tellsRuntimes(empty, [node])).toBe(false);
  });
});
