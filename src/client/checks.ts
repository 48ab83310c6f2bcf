/** Ends a check: the field that is wrong and the rule it breaks, without the value, which may be a secret. */
export type Refuse = (field: string, problem: string) => never;

/** The numbers among the options: their default, from where to where they go, and whether only whole ones do. */
const numbers = {
  timeoutMs: [30_000, 1, 2 ** 31 - 1],
  totalTimeoutMs: [Infinity, 1, Infinity],
  maxRetries: [2, 0, Infinity, 'whole'],
  requestsPerSecond: [10, 0.001, 1e6],
  burst: [4, 1, Infinity, 'whole'],
} as const satisfies Record<string, readonly [number, number, number, 'whole'?]>;

type NumberName = keyof typeof numbers;

/** The number of that name in the first of the sources that has it, or else the default. */
export function numberIn(
  name: NumberName,
  refuse: Refuse,
  ...sources: { readonly [N in NumberName]?: number | undefined }[]
): number {
  const [byDefault, min, max, whole] = numbers[name];
  const source = sources.find((candidate) => candidate[name] !== undefined);
  const value = source ? source[name] : byDefault;
  if (typeof value === 'number' && value >= min && value <= max && !(whole && value % 1)) return value;
  return refuse(name, `must be a ${whole ?? ''} number from ${min} to ${max}`);
}

/** Checks headers before they are used: the platform's own error would quote the value. */
export function checkHeaders(headers: unknown, refuse: Refuse): void {
  if (!headers) return;
  try {
    if (!new Headers(headers as HeadersInit).has('authorization')) return;
  } catch {
    // The same advice holds.
  }
  refuse('headers', 'must be valid HTTP headers without Authorization: the key goes into apiKey');
}
