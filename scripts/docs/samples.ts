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

/** How many fields of `event.data` a sample handler reads. */
const maxFields = 3;

/** A handler for an event type, for a receiver: it prints what the contract's example has in `data`. */
export function handlerSample({ name }: Pick<EventType, 'name'>, example: unknown): string {
  const fields = Object.keys((example as { data: object }).data)
    .slice(0, maxFields)
    .join(', ');
  const taken = fields && `  const { ${fields} } = event.data;\n`;
  return `receiver.on('${name}', (event) => {\n${taken}  console.log(${fields || 'event.data'});\n});`;
}
