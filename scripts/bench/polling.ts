/** What the programs at the other end of what is measured are told in their only argument. */
export interface OtherEnd {
  /**
   * Whether to look for work without a pause. To wake a core that sleeps costs who wakes it more than a small request, and
   * the more the longer it slept: who is slower would look slower still. It takes a whole core.
   */
  readonly polls: boolean;
}

/** Keeps this process from sleeping, if it was told to. */
export function pollIfAsked(): void {
  const { polls }: OtherEnd = JSON.parse(process.argv[2] ?? '');
  if (polls) poll();
}

function poll(): void {
  setImmediate(poll);
}
