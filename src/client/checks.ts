/** Ends a check: the field that is wrong and the rule it breaks, without the value, which may be a secret. */
export type Refuse = (field: string, problem: string) => never;

/** What a wrong value is, without its text. */
export function describe(value: unknown): string {
  if (value === '') return 'an empty string';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return value === null ? 'null' : typeof value;
}

interface NumberRule {
  readonly text: string;
  readonly allows: (value: number) => boolean;
}

/** The longest delay that timers know, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

const numberRules = {
  timeoutMs: {
    text: `a number of milliseconds above 0 and at most ${LONGEST_TIMER}`,
    allows: (value) => value > 0 && value <= LONGEST_TIMER,
  },
  totalTimeoutMs: { text: 'a number of milliseconds above 0', allows: (value) => value > 0 },
  maxRetries: { text: 'a whole number, 0 or more', allows: (value) => value >= 0 && Number.isInteger(value) },
  'rateLimit.requestsPerSecond': {
    text: 'a finite number above 0',
    allows: (value) => value > 0 && Number.isFinite(value),
  },
  'rateLimit.burst': { text: 'a whole number, 1 or more', allows: (value) => value >= 1 && Number.isInteger(value) },
} satisfies Record<string, NumberRule>;

/** Checks a number of the options. */
export function checkNumber(field: keyof typeof numberRules, value: unknown, refuse: Refuse): number {
  const rule: NumberRule = numberRules[field];
  return typeof value === 'number' && rule.allows(value) ? value : refuse(field, `must be ${rule.text}`);
}

/** Checks headers before they are used: the platform's own error would quote the value. */
export function checkHeaders(headers: unknown, refuse: Refuse): void {
  if (headers === undefined || headers === null) return;
  const entries = headers instanceof Headers ? headers : Object.entries(headers);
  for (const [name, value] of entries as Iterable<[string, unknown]>) {
    if (name.toLowerCase() === 'authorization')
      refuse('headers', 'may not set Authorization: the key goes into apiKey');
    for (const item of Array.isArray(value) ? value : [value ?? '']) {
      try {
        new Headers([[name, item]]);
      } catch {
        refuse('headers', 'holds a name or a value that HTTP does not allow, such as one with a line break');
      }
    }
  }
}
