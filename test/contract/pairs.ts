import { type OperationId, operations, statuses } from '../../generated/operations.js';
import { type Expectation, expectations } from './expectations.js';

/** An operation and a status that it declares. */
export interface Pair {
  readonly id: OperationId;
  readonly status: number;
}

/** The operations that the contract declares. */
export const operationIds = Object.keys(operations) as OperationId[];

/** Every pair that the contract declares. */
export const declaredPairs: Pair[] = operationIds.flatMap((id) => statuses[id].map((status) => ({ id, status })));

/** Every pair that has an expectation. */
export const expectedPairs: Pair[] = Object.entries(expectations).flatMap(([id, byStatus]) =>
  Object.keys(byStatus).map((status) => ({ id: id as OperationId, status: Number(status) })),
);

/** What is expected of a pair. Throws where nobody has said it yet. */
export function expectationOf({ id, status }: Pair): Expectation {
  const expectation = (expectations[id] as Readonly<Record<number, Expectation>> | undefined)?.[status];
  if (!expectation)
    throw new Error(`${id} declares ${status}: add what the client makes of it to test/contract/expectations.ts`);
  return expectation;
}
