import { describe, expect, it } from 'vitest';
import { withRuntimes } from '../../scripts/lib/readme-runtimes.js';

const start = '<!-- runtimes:start (written by npm run test:runtimes) -->';
const end = '<!-- runtimes:end -->';

describe('the table of runtimes in the README', () => {
  it('holds a row for each runtime, and nothing around it changes', () => {
    const readme = `# Before\n${start}\nan old table\n${end}\nafter\n`;
    const proven = [
      { name: 'Node 20', version: '20.20.2', passed: 199 },
      { name: 'Bun', version: '1.4.5', passed: 211 },
    ];
    const table =
      '| runtime | version | checks passed |\n| --- | --- | --- |\n| Node 20 | 20.20.2 | 199 |\n| Bun | 1.4.5 | 211 |\n';
    expect(withRuntimes(readme, proven)).toBe(`# Before\n${start}\n${table}${end}\nafter\n`);
  });

  it.each([start, end, ''])('needs both of its lines: %j alone is refused', (line) => {
    expect(() => withRuntimes(`# Before\n${line}\n`, [])).toThrow(`${start}" and "${end}`);
  });
});
