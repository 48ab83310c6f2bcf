import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Changes, watchFiles } from '../../../../scripts/generate/changes.js';
import { type Step, type StepState, screenText, watch } from '../../../../scripts/generate/watch.js';

const until = <T>(condition: () => T) => vi.waitUntil(condition, { timeout: 30_000, interval: 5 });

/** A watch that is driven by hand: `save()` is a change, `screens` is what was shown at the end of each run. */
function driven(steps: Step[]) {
  const stop = new AbortController();
  const screens: string[] = [];
  const saved: string[] = [];
  let wake = () => {};
  const done = watch({
    steps,
    signal: stop.signal,
    show: (states, finished) => void (finished && screens.push(screenText(states, finished, 'openapi/'))),
    next: async () => {
      while (saved.length === 0 && !stop.signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      saved.length = 0;
      return !stop.signal.aborted;
    },
  });
  const save = () => {
    saved.push('change');
    wake();
  };
  const end = () => {
    stop.abort();
    wake();
    return done;
  };
  return { save, end, screens, nextScreen: () => until(() => screens.shift()) };
}

const step = (name: string, run: Step['run'], gate = false): Step => ({ name, run, gate });
const passes = async () => ({ ok: true, output: '' });

describe('the watch', { timeout: 60_000 }, () => {
  test('tells of a broken document, skips what needs it, and is green again after the fix', async () => {
    let broken = true;
    const generate = async () =>
      broken ? { ok: false, output: 'line 4: bad indentation' } : { ok: true, output: 'wrote a' };
    const { save, end, nextScreen } = driven([step('generate', generate, true), step('type check', passes)]);
    const first = await nextScreen();
    expect(first).toMatch(/^✗ generate {4}\d+\.\d s\n\n {4}line 4: bad indentation\n\n- type check {2}skipped\n/);
    expect(first).toContain('Failed: generate. Watching openapi/; Ctrl+C ends.');
    broken = false;
    save();
    const second = await nextScreen();
    expect(second).toMatch(/^✓ generate {4}\d+\.\d s {2}wrote a\n✓ type check {2}\d+\.\d s\n\nAll passed\./);
    await end();
  });

  test('survives a step that throws, and goes on with the next step', async () => {
    const throws = async () => {
      throw new TypeError('no such thing');
    };
    const { end, nextScreen } = driven([step('type check', throws), step('contract suite', passes)]);
    const text = await nextScreen();
    expect(text).toContain('TypeError: no such thing');
    expect(text).toContain('✓ contract suite');
    await end();
  });

  test('never runs twice at once; saves during a run make one more run', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    let finish = () => {};
    const slow = async () => {
      runs += 1;
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => (finish = resolve));
      running -= 1;
      return { ok: true, output: '' };
    };
    const { save, end, nextScreen } = driven([step('generate', slow)]);
    await until(() => runs === 1);
    save();
    save();
    finish();
    await nextScreen();
    await until(() => runs === 2);
    finish();
    await nextScreen();
    expect([runs, most]).toEqual([2, 1]);
    await end();
  });

  test('ends a run that is under way, without a word about it', async () => {
    const hangs = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const { end, screens } = driven([step('generate', hangs)]);
    await end();
    expect(screens).toEqual([]);
  });
});

describe('the screen', () => {
  const state = (changes: Partial<StepState>): StepState => ({
    name: 'a',
    state: 'waiting',
    output: '',
    ms: 0,
    ...changes,
  });

  test('says that a run is under way', () => {
    expect(screenText([state({ state: 'running' }), state({ name: 'bb' })], false, 'x')).toBe(
      '… a\n  bb\n\nRunning…\n',
    );
  });

  test('shows no more than a line of what passed', () => {
    const text = screenText([state({ state: 'passed', output: 'one\ntwo', ms: 1 })], true, 'x');
    expect(text).toBe('✓ a  0.0 s\n\nAll passed. Watching x; Ctrl+C ends.\n');
  });
});

describe('changes', () => {
  afterEach(() => void vi.useRealTimers());

  test('count once, when nothing else has changed for a while', async () => {
    vi.useFakeTimers();
    const changes = new Changes(100);
    const { signal } = new AbortController();
    let seen = 0;
    void changes.next(signal).then(() => (seen += 1));
    changes.notify();
    await vi.advanceTimersByTimeAsync(99);
    changes.notify();
    await vi.advanceTimersByTimeAsync(99);
    expect(seen).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toBe(1);
  });

  test('are remembered until asked for, and then forgotten', async () => {
    vi.useFakeTimers();
    const changes = new Changes(100);
    const stop = new AbortController();
    changes.notify();
    await vi.advanceTimersByTimeAsync(100);
    expect(await changes.next(stop.signal)).toBe(true);
    const next = changes.next(stop.signal);
    stop.abort();
    expect(await next).toBe(false);
    expect(await changes.next(stop.signal)).toBe(false);
  });
});

describe('the files watched', { timeout: 60_000 }, () => {
  test('are those of the folder at any depth, new folders included, and the ones named beside it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'watch-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'openapi/examples'), { recursive: true });
    await writeFile(join(root, 'redocly.yaml'), '');
    let count = 0;
    const close = await watchFiles(root, 'openapi', ['redocly.yaml'], () => void count++);
    onTestFinished(close);
    const seen = async (change: () => Promise<unknown>) => {
      const before = count;
      await change();
      await until(() => count > before);
    };
    await seen(() => writeFile(join(root, 'openapi/a.yaml'), '1'));
    await seen(() => writeFile(join(root, 'openapi/examples/a.json'), '1'));
    // Saved as many editors do: a new file takes the old one's place, twice.
    for (const text of ['2', '3']) {
      await writeFile(join(root, 'temporary'), text);
      await seen(() => rename(join(root, 'temporary'), join(root, 'redocly.yaml')));
    }
    await seen(() => mkdir(join(root, 'openapi/new')));
    await seen(() => rm(join(root, 'openapi/examples'), { recursive: true }));
  });
});
