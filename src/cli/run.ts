import { Command, Option } from 'commander';
import { version } from '../../generated/version.js';
import {
  baseUrlOption,
  type CommandInfo,
  type CommandName,
  commands,
  environmentVariables,
  examples,
  exitCodes,
  jsonOption,
} from './commands.js';
import { describeError } from './errors.js';
import { handlers } from './handlers.js';
import { type CommonOptions, openTerminal, type Surroundings } from './terminal.js';
import { table } from './text.js';

/** Runs the command and resolves with its exit code. It never rejects. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings;
  let terminal = openTerminal(surroundings, { json: argv.includes('--json') });
  let code = 0;
  const program = makeProgram(surroundings, async (name, args, options) => {
    terminal = openTerminal(surroundings, options);
    code = await handlers[name](terminal, options as never, ...args);
  });
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    await Promise.race([program.parseAsync(commandFirst(argv), { from: 'user' }), interrupted]);
    return code;
  } catch (error) {
    if (signal.aborted) return 130;
    if ((error as { exitCode?: number }).exitCode === 0) return 0; // --help, --version
    terminal.fail(describeError(error));
    return 1;
  }
}

const groups = {
  withKey: 'Commands that need an API key (DIXA_API_KEY):',
  withoutKey: 'Commands that need no API key:',
};

type Act = (name: CommandName, args: string[], options: CommonOptions) => Promise<void>;

function makeProgram({ stdout }: Surroundings, act: Act): Command {
  const helpCommand = new Command('help').argument('[command]').description('print the help of a command');
  helpCommand.helpOption(false).helpGroup(groups.withoutKey);
  const program = new Command('dixa-webhooks')
    .description("Manage Dixa's webhook subscriptions, test receivers and replay deliveries.")
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpCommand(helpCommand)
    .addHelpText('after', `\nExamples:\n${indented(examples.map((line) => [line]))}`)
    .addHelpText('after', `\nEnvironment:\n${indented(environmentVariables)}\n\nExit codes:\n${indented(exitCodes)}`)
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: () => {} })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${argsOf(command.name())}`.trim() });
  for (const [name, info] of Object.entries(commands) as [CommandName, CommandInfo][]) {
    const { args = '', summary, options = [], no, needsKey } = info;
    const command = program
      .command(`${name} ${args}`.trim())
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .helpGroup(needsKey ? groups.withKey : groups.withoutKey)
      .helpOption('-h, --help', 'print help')
      .addHelpText(
        'after',
        `${no ? `\nExit code 2: ${no}.\n` : ''}\nExamples:\n${indented(info.examples.map((line) => [line]))}`,
      )
      .action((...given: unknown[]) => {
        const [own, values] = [given.pop() as Command, given.pop() as CommonOptions];
        return act(own.name() as CommandName, given as string[], values);
      });
    for (const [flags, about, repeatable] of [...options, ...(needsKey ? [baseUrlOption] : []), jsonOption]) {
      const option = new Option(flags, about);
      if (repeatable) option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
      command.addOption(option);
    }
  }
  return program;
}

function argsOf(name: string): string {
  return (commands as Readonly<Record<string, CommandInfo>>)[name]?.args ?? (name === 'help' ? '[command]' : '');
}

/**
 * Moves the command to the front, where the parser expects it. Without a command, `--json` is dropped: only commands
 * have it. `help` for an unknown command becomes that command, whose error suggests a similar one.
 */
function commandFirst(argv: readonly string[]): string[] {
  const [first, topic = '-'] = argv;
  if (first === 'help' && topic !== 'help' && !topic.startsWith('-') && !Object.hasOwn(commands, topic)) return [topic];
  if (!argv[0]?.startsWith('-')) return [...argv];
  const at = argv.findIndex((arg) => Object.hasOwn(commands, arg));
  const name = argv[at];
  return name === undefined
    ? argv.filter((arg) => arg !== '--json')
    : [name, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

function indented(rows: readonly (readonly string[])[]): string {
  return table(rows).replace(/^/gm, '  ');
}
