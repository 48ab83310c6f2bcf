import { format } from 'node:util';
import { vi } from 'vitest';

type Main = (args: string[]) => Promise<number>;

/** How a command ended, and what it printed. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of scripts/ in this process, by its main function. */
export async function runMain(main: Main, args: string[] = []): Promise<Ended> {
  const printed = { log: '', error: '' };
  const status = await printing(main, args, (method, text) => {
    printed[method] += text;
  });
  return { status, stdout: printed.log, stderr: printed.error };
}

/** The same with all that it printed as one text, as a terminal shows it. */
export async function call(main: Main, args: string[]): Promise<{ code: number; output: string }> {
  let output = '';
  const code = await printing(main, args, (_, text) => {
    output += text;
  });
  return { code, output };
}

async function printing(main: Main, args: string[], print: (method: 'log' | 'error', text: string) => void) {
  const spies = (['log', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((...parts) => print(method, `${format(...parts)}\n`)),
  );
  // Where redocly prints what lint finds.
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    print('log', String(text));
    return true;
  });
  try {
    return await main(args);
  } finally {
    for (const spy of [...spies, output]) spy.mockRestore();
  }
}
