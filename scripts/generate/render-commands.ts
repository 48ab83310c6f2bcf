import { type CommandInfo, commands } from '../../src/cli/commands.js';
import { readmeFile } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';
import { section, withSection } from '../lib/written-section.js';

const readmeSection = section(readmeFile, 'commands', 'npm run generate');

/** The README with its table of commands as `--help` has them. */
export function withCommands(readme: string): string {
  const rows = Object.entries<CommandInfo>(commands).map(([name, { args = '', summary, options = [], no }]) => [
    [`\`${`${name} ${args}`.trim()}\``, ...options.map(([flags]) => `\`${flags}\``)].join(' '),
    summary,
    no ?? '',
  ]);
  return withSection(readme, readmeSection, markdownTable([['command', 'what it does', 'exit code 2'], ...rows]));
}
