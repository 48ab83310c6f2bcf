/** A check that must pass on every runtime. */
export interface Check {
  /** A sentence about behaviour. */
  readonly name: string;
  run(): Promise<void> | void;
}

/** What came of a check. */
export interface CheckResult {
  readonly name: string;
  /** Why it failed. Not set if it passed. */
  readonly failure?: string;
}

/** What a process prints last: a runtime that loses a promise may end early and still say that all is well. */
export const ENDED = 'The suite has ended.';

/** The longest that a check may take, in milliseconds. None comes near it, so that only what hangs is ended by it. */
const LIMIT_MS = 30_000;

/** Runs checks one after another, and reports each outcome immediately. */
export async function runChecks(
  checks: readonly Check[],
  report: (result: CheckResult) => void | Promise<void>,
): Promise<void> {
  for (const { name, run } of checks) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`It did not end within ${LIMIT_MS} ms.`)), LIMIT_MS);
    });
    try {
      await Promise.race([Promise.resolve().then(run), limit]);
      await report({ name });
    } catch (error) {
      await report({ name, failure: error instanceof Error ? `${error.stack ?? error}` : String(error) });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Fails unless both are equal plain data. The order of keys counts, because JSON keeps it. */
export function expectEqual(actual: unknown, expected: unknown, what = 'It'): void {
  const [is, shouldBe] = [actual, expected].map((value) => JSON.stringify(value) ?? 'undefined');
  if (is !== shouldBe) throw new Error(`${what} is ${is}, not ${shouldBe}.`);
}

/** Fails unless the condition is true. */
export function expectTrue(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
