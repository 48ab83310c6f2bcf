import { vi } from 'vitest';

/** How a command ended, and what it printed. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of scripts/ in this process, by its main function. */
export async function runMain(main: (args: string[]) => Promise<number>, args: string[] = []): Promise<Ended> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {});
  const err = vi.spyOn(console, 'error').mockImplementation(() => {});
  const textOf = ({ mock }: typeof out) => mock.calls.map((words) => `${words.join(' ')}\n`).join('');
  try {
    return { status: await main(args), stdout: textOf(out), stderr: textOf(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
