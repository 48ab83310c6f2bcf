import { type OperationId, operations } from '../../../../generated/operations.js';
import { validators } from '../../../../generated/validators.js';
import { replyExamples, requestExamples } from '../../../support/contract-document.js';

/** Each validator of a body, with where the body is in the contract and the examples of it. */
export const validatedBodies = (Object.keys(operations) as OperationId[]).flatMap((id) => {
  const { body, responses } = validators[id];
  const { path, method } = operations[id];
  const operation = ['paths', path, method.toLowerCase()];
  const request = { name: `${id}, request`, place: [...operation, 'requestBody'], examples: requestExamples(id) };
  const replies = Object.entries(responses).map(([status, validate]) => ({
    name: `${id}, ${status}`,
    place: [...operation, 'responses', status],
    examples: replyExamples(id, Number(status)),
    validate,
  }));
  return [...(body ? [{ ...request, validate: body }] : []), ...replies];
});
