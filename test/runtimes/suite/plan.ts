import type { OperationId } from '../../../generated/operations.js';

/** What the suite has to know of the world around its runtime. Plain JSON, so that it reaches every runtime. */
export interface Plan {
  /** Where Prism serves the contract. */
  readonly prismUrl: string;
  /** Where the server of faults is. */
  readonly faultsUrl: string;
  /** Where nothing listens. */
  readonly deadUrl: string;
  /** The version of the package. */
  readonly version: string;
  /** Prism's response body for each operation and status, if there is one. */
  readonly replies: Readonly<Record<OperationId, Readonly<Record<number, unknown>>>>;
}
