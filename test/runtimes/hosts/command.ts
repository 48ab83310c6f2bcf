import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type CheckResult, ENDED } from '../suite/check.js';
import { makeProgram } from './bundle.js';
import { type Runtime, SUITE_LIMIT_MS } from './runtime.js';

/** How a runtime is started that runs a program as a process of its own. */
interface Command extends Omit<Runtime, 'run'> {
  /** The program of programs/ that it runs. */
  readonly program: string;
  /** The arguments before the name of the program. */
  readonly args?: (project: string) => readonly string[];
  readonly env?: (project: string) => Readonly<Record<string, string>>;
  /** What it is told besides before the name of `npx dixa-webhooks`. */
  readonly argsOfCli?: readonly string[];
}

/** A runtime that runs the suite as a process, which prints a line of JSON for each check, and then the package's own command. */
export function commandRuntime({
  program,
  args = () => [],
  env = () => ({}),
  argsOfCli = [],
  ...rest
}: Command): Runtime {
  return {
    ...rest,
    async run(binary, { plan, project }) {
      const file = await makeProgram(program, project);
      // Nothing of this process: no runtime may find a cache or a setting of its user's.
      const own = { PATH: process.env.PATH, HOME: project, NO_COLOR: '1', ...env(project) };
      const suite = [...args(project), file, JSON.stringify(plan)];
      const { stdout, ending } = await execute(binary, suite, { cwd: project, env: own });
      const cli = await execute(binary, [...args(project), ...argsOfCli, join(project, cliFile), ...cliArgs], {
        cwd: project,
        env: { ...own, DIXA_WEBHOOK_SECRET: 'ab'.repeat(32) },
      });
      const cliResult = {
        name: 'npx dixa-webhooks signs a sample event',
        ...(!cli.stdout.includes('\nx-dixa-signature: t=') && { failure: cli.ending }),
      };
      const lines = stdout.trim().split('\n');
      const checks: CheckResult[] = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
      const results = [...checks, cliResult];
      return lines.at(-1) === ENDED ? results : [...results, { name: 'the suite runs to its end', failure: ending }];
    },
  };
}

const cliFile = 'node_modules/dixa-webhooks/dist/cli.js';
const cliArgs = ['trigger', 'ConversationRated', '--print'];

interface Where {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end, or to the end of its time. */
function execute(binary: string, args: string[], where: Where): Promise<{ stdout: string; ending: string }> {
  const options = { ...where, timeout: SUITE_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const;
  return new Promise((resolve) => {
    const child = execFile(binary, args, options, (error, stdout, stderr) => {
      const how = error?.killed ? `was ended after ${SUITE_LIMIT_MS} ms` : `ended with ${error?.code ?? 0}`;
      resolve({ stdout, ending: `The process ${how}.\n${stderr}`.trim() });
    });
    child.stdin?.end();
  });
}
