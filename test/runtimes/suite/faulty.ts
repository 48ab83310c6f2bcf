import type { Plan } from './plan.js';

/** How the server of faults can treat a request. */
export type StepName =
  | 'succeed'
  | 'unavailable'
  | 'limited'
  | 'limitedForASecond'
  | 'unauthorized'
  | 'page'
  | 'redirect'
  | 'echo'
  | 'resetAtOnce'
  | 'resetWithinBody'
  | 'endWithinBody'
  | 'saysNothing'
  | 'stallsWithinBody';

/** A request as it reached the server of faults. */
export interface SeenRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A place at the server of faults that only one check uses. */
export interface Faulty {
  readonly baseUrl: string;
  /** All requests that have come, once there are so many. */
  seen(count?: number): Promise<readonly SeenRequest[]>;
  /** Where its redirects point to, as they write it. */
  readonly redirectsTo: string;
  /** All requests that have come there. */
  seenElsewhere(): Promise<readonly SeenRequest[]>;
}

/** A place where each request is treated as the next step says, and all later ones as the last. */
export function faulty({ faultsUrl }: Plan, ...steps: readonly StepName[]): Faulty {
  const name = crypto.randomUUID();
  const place = `${faultsUrl}/${name}`;
  const ask = async (url: string) => (await fetch(url)).json();
  return {
    baseUrl: `${place}/${steps.join('.')}`,
    redirectsTo: `/${name}-elsewhere/succeed/webhooks`,
    seen: (count = 0) => ask(`${place}?count=${count}`),
    seenElsewhere: () => ask(`${place}-elsewhere`),
  };
}
