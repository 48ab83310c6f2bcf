import { type Contract, ContractError, operationsOf, resolve } from '../lib/contract.js';
import { eventTypesOf } from '../lib/events.js';
import { banner, quote } from './generated-files.js';

/** `generated/samples.ts`: the contract's examples of events and errors. */
export function renderSamples(contract: Contract): string {
  const samples = eventTypesOf(contract).map(({ name }) => {
    const [example] = Object.values(
      contract.webhooks[name]?.post.requestBody.content['application/json']?.examples ?? {},
    );
    if (!example) throw new ContractError(`webhooks.${name}: the payload has no example.`);
    return [name, example.value];
  });
  const errors = [...errorsOf(contract)].map(
    ([name, { status, message }]) => `  ${name}: { status: ${status}, message: ${quote(message)} },\n`,
  );
  return `${banner()}
import type { WebhookEvents } from './events.js';

/** The contract's example of each event type, as sent. The type of its \`data\` says how certain the payload is. */
export const samples: { readonly [T in keyof WebhookEvents]: Omit<WebhookEvents[T], 'type'> } = ${JSON.stringify(Object.fromEntries(samples), null, 2)};

/** The contract's examples of errors, by name. */
export const errorSamples = {
${errors.join('')}} as const;
`;
}

/** The examples of error responses, by name. A name must mean the same status and message in all operations. */
function errorsOf(contract: Contract): Map<string, { status: number; message: string }> {
  const found = new Map<string, { status: number; message: string }>();
  for (const { operation } of operationsOf(contract)) {
    for (const [code, response] of Object.entries(operation.responses)) {
      if (code < '4') continue;
      const { examples = {} } = resolve(contract, response).content?.['application/json'] ?? {};
      for (const [name, { value }] of Object.entries(examples)) {
        const error = { status: Number(code), message: (value as { message: string }).message };
        const other = found.get(name) ?? error;
        if (other.status !== error.status || other.message !== error.message) {
          throw new ContractError(
            `The example "${name}" of ${operation.operationId} ${code} differs from one of the same name in another response. Rename it.`,
          );
        }
        found.set(name, error);
      }
    }
  }
  return found;
}
