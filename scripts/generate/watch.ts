/** What a step did; `output` is worth showing when it failed, or when it is a line. */
export interface StepResult {
  ok: boolean;
  output: string;
}

export interface Step {
  name: string;
  /** If it fails, the steps after it make no sense. */
  gate?: boolean;
  run(signal: AbortSignal): Promise<StepResult>;
}

/** Where a step stands in the present run. */
export interface StepState {
  name: string;
  state: 'waiting' | 'running' | 'passed' | 'failed' | 'skipped';
  output: string;
  ms: number;
}

export interface WatchOptions {
  steps: Step[];
  /** Waits for the next change since the last call; false ends the watch. */
  next(signal: AbortSignal): Promise<boolean>;
  /** Draws the screen, at every change of state; `finished` with the last one of a run. */
  show(states: StepState[], finished: boolean): void;
  /** Ends the watch, and a run that is under way. */
  signal: AbortSignal;
}

/** Runs the steps now and after every change, never two runs at once. A failing step is shown and survived. */
export async function watch({ steps, next, show, signal }: WatchOptions): Promise<void> {
  do {
    await runOnce(steps, show, signal);
  } while (!signal.aborted && (await next(signal)));
}

async function runOnce(steps: Step[], show: WatchOptions['show'], signal: AbortSignal): Promise<void> {
  const states = steps.map(({ name }): StepState => ({ name, state: 'waiting', output: '', ms: 0 }));
  let stopped = false;
  for (const [index, step] of steps.entries()) {
    const state = states[index] as StepState;
    if (stopped) {
      state.state = 'skipped';
      continue;
    }
    state.state = 'running';
    show(states, false);
    const start = performance.now();
    const { ok, output } = await attempt(step, signal);
    if (signal.aborted) return;
    Object.assign(state, { state: ok ? 'passed' : 'failed', output, ms: performance.now() - start });
    stopped = !ok && step.gate === true;
  }
  show(states, true);
}

async function attempt(step: Step, signal: AbortSignal): Promise<StepResult> {
  try {
    return await step.run(signal);
  } catch (error) {
    // Whatever it is, the next save may mend it.
    return { ok: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const marks = { waiting: ' ', running: '…', passed: '✓', failed: '✗', skipped: '-' };

/** The text of the screen: a line a step, what failed below its line, and what comes next. */
export function screenText(states: StepState[], finished: boolean, watched: string): string {
  const width = Math.max(...states.map(({ name }) => name.length));
  const lines = states.flatMap(({ name, state, output, ms }) => {
    const took = ms > 0 ? `${(ms / 1000).toFixed(1)} s` : state === 'skipped' ? 'skipped' : '';
    const text = output.trim();
    const brief = state === 'passed' && text && !text.includes('\n') ? `  ${text}` : '';
    const line = `${marks[state]} ${name.padEnd(width)}  ${took}${brief}`.trimEnd();
    return state === 'failed' && text
      ? [line, '', ...text.split('\n').map((each) => `    ${each}`.trimEnd()), '']
      : [line];
  });
  const failed = states.filter(({ state }) => state === 'failed').map(({ name }) => name);
  const verdict = failed.length > 0 ? `Failed: ${failed.join(', ')}.` : 'All passed.';
  return [...lines, '', finished ? `${verdict} Watching ${watched}; Ctrl+C ends.` : 'Running…', ''].join('\n');
}
