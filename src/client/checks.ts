/** Ends a check: the field that is wrong and the rule it breaks, without the value, which may be a secret. */
export type Refuse = (field: string, problem: string) => never;

/** The longest delay that timers know, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Bounds of the numbers among the options, inclusive. */
const numbers = {
  timeoutMs: { min: 1, max: LONGEST_TIMER },
  totalTimeoutMs: { min: 1, max: Infinity },
  maxRetries: { min: 0, max: Infinity, whole: true },
  requestsPerSecond: { min: 0.001, max: 1e6 },
  burst: { min: 1, max: Infinity, whole: true },
} satisfies Record<string, { min: number; max: number; whole?: boolean }>;

/** Checks a number among the options. */
export function checkNumber(field: keyof typeof numbers, value: unknown, refuse: Refuse): number {
  const { min, max, whole }: { min: number; max: number; whole?: boolean } = numbers[field];
  if (typeof value === 'number' && value >= min && value <= max && (!whole || value % 1 === 0)) return value;
  return refuse(field, `must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
}

/** Checks headers before they are used: the platform's own error would quote the value. */
export function checkHeaders(headers: unknown, refuse: Refuse): void {
  if (!headers) return;
  for (const [name, value] of headers instanceof Headers ? headers : Object.entries(headers)) {
    if (/^authorization$/i.test(name)) refuse('headers', 'may not set Authorization: the key goes into apiKey');
    try {
      for (const item of [value ?? ''].flat()) new Headers([[name, item]]);
    } catch {
      refuse('headers', 'has a name or a value that HTTP does not allow, such as one with a line break');
    }
  }
}
