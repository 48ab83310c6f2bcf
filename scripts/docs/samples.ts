import { type Contract, ContractError, type Operation, resolve } from '../lib/contract.js';
import type { EventType } from '../lib/events.js';

/** The call as a command for a POSIX shell, with the contract's examples. The API key comes from the environment. */
export function curlSample(contract: Contract, path: string, method: string, { requestBody }: Operation): string {
  const [server] = contract.servers;
  const base = (server?.url ?? '').replaceAll(/\{(\w+)\}/g, (_, name) => `${server?.variables?.[name]?.default}`);
  const url = base + path.replaceAll(/\{(\w+)\}/g, (_, name) => parameterExample(contract, path, name));
  const lines = [
    `curl --fail-with-body${method === 'get' ? '' : ` --request ${method.toUpperCase()}`} ${url}`,
    '--header "Authorization: $DIXA_API_KEY"',
  ];
  const [example] = Object.values(requestBody?.content['application/json']?.examples ?? {});
  if (example) {
    const body = JSON.stringify(resolve(contract, example).value, null, 2);
    lines.push("--header 'Content-Type: application/json'", `--data '${body.replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}

function parameterExample(contract: Contract, path: string, name: string): string {
  const parameters = contract.paths[path]?.parameters ?? [];
  const parameter = parameters.map((each) => resolve(contract, each)).find((each) => each.name === name);
  if (parameter?.example === undefined) throw new ContractError(`${path}: the parameter ${name} has no example.`);
  return encodeURIComponent(parameter.example);
}

/** What a sample handler reads from `event.data` and prints, by the name of the payload's schema. */
const handlers: Readonly<Record<string, readonly [fields: string, printed: string]>> = {
  ConversationPayload: ['conversation', 'conversation?.csid, conversation?.status'],
  ConversationAbandonedPayload: ['conversation, queue', 'conversation?.csid, queue?.name'],
  ConversationEnqueuedPayload: ['conversation', 'conversation?.csid, conversation?.queue?.name'],
  ConversationPendingExpiredPayload: ['conversation, pendingByUser', 'conversation?.csid, pendingByUser?.email'],
  ConversationMessageAddedPayload: ['conversation, author, text', 'conversation?.csid, author?.name, text'],
  ConversationNoteAddedPayload: ['conversation, author, text', 'conversation?.csid, author?.name, text'],
  ConversationRatedPayload: ['conversation, score, comment', 'conversation?.csid, score, comment'],
  ConversationTagAddedPayload: ['conversation, tag', 'conversation?.csid, tag'],
  ConversationTagRemovedPayload: ['conversation, tag', 'conversation?.csid, tag'],
  PresumedConversationPayload: ['conversation', 'event.event_id, conversation?.csid'],
  UnknownPayload: ['', 'event.event_id, event.data'],
};

/** A handler for an event type, for a receiver. */
export function handlerSample({ name, payload }: Pick<EventType, 'name' | 'payload'>): string {
  const handler = handlers[payload];
  if (!handler) throw new ContractError(`${payload} has no sample handler: add one to scripts/docs/samples.ts.`);
  const [fields, printed] = handler;
  const taken = fields && `  const { ${fields} } = event.data;\n`;
  return `receiver.on('${name}', (event) => {\n${taken}  console.log(${printed});\n});`;
}
