import { banner } from './banner.js';
import { type Contract, ContractError, type Operation, operationsOf, resolve, type Schema } from './contract.js';

/** `generated/operations.ts`: what each operation is called, where it is, and how it answers. */
export function renderOperations(contract: Contract): string {
  const entries = [...operationsOf(contract)].map(({ path, method, operation }) => {
    const statuses = Object.keys(operation.responses).map(Number);
    if (statuses.some(Number.isNaN)) {
      throw new ContractError(
        `${operation.operationId}: statuses must be numbers, neither "default" nor ranges such as "4XX".`,
      );
    }
    const fields = [
      `method: ${quote(method.toUpperCase())}`,
      `path: ${quote(path)}`,
      `statuses: [${statuses.sort((a, b) => a - b).join(', ')}]`,
      `data: ${quote(dataOf(contract, operation))}`,
    ];
    return `  ${operation.operationId}: { ${fields.join(', ')} },\n`;
  });
  return `${banner()}
/** Each operation's method and path, the statuses it declares, and what the \`data\` of its success holds ('none': there is no body). */
export const operations = {
${entries.join('')}} as const;

export type OperationId = keyof typeof operations;
`;
}

/** `generated/event-types.ts`: the list of event types, each with what it means. */
export function renderEventTypes(contract: Contract): string {
  const name = 'WebhookEventType';
  const schema = contract.components.schemas[name];
  if (!schema?.enum)
    throw new ContractError(`components.schemas.${name} must be an enum: the list of event types is made from it.`);
  const entries = schema.enum.map((value) => `  /** ${commentOf(schema, value, name)} */\n  ${quote(value)},\n`);
  return `${banner()}
/** Every event type that this version knows. Dixa adds to them over time. */
export const webhookEventTypes = [
${entries.join('')}] as const;
`;
}

/** `generated/server.ts`: where the API is, and which versions of it there are. */
export function renderServer(contract: Contract): string {
  const [server, ...others] = contract.servers;
  const versions = server?.variables?.apiVersion;
  if (!server || others.length > 0 || !versions?.enum) {
    throw new ContractError('servers must hold one server, whose variable apiVersion has an enum.');
  }
  return `${banner()}
/** The address of Dixa's API, the versions that \`{apiVersion}\` stands for, and the one to take if none is asked for. */
export const server = {
  url: ${quote(server.url)},
  apiVersions: [${versions.enum.map(quote).join(', ')}],
  defaultApiVersion: ${quote(versions.default)},
} as const;
`;
}

/** `generated/version.ts`: the version of the package, for whoever has to say it at run time. */
export function renderVersion(version: string): string {
  return `${banner('package.json')}
/** The version of this package. */
export const version = ${quote(version)};
`;
}

function dataOf(contract: Contract, operation: Operation): 'object' | 'array' | 'none' {
  const unclear = (why: string) => new ContractError(`${operation.operationId}: ${why}, so its result cannot be told.`);
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const [success, ...others] = successes;
  if (!success || others.length > 0) throw unclear(`it declares ${successes.length} successes instead of one`);
  const { content } = resolve(contract, success[1]);
  if (!content) return 'none';
  const body: Schema = resolve(contract, content['application/json']?.schema ?? {});
  const { type } = resolve(contract, body.properties?.data ?? {});
  if (type !== 'object' && type !== 'array')
    throw unclear('the `data` of its success is neither an object nor an array');
  return type;
}

function commentOf(schema: Schema, value: string, name: string): string {
  const meaning = schema['x-enumDescriptions']?.[value];
  if (!meaning) throw new ContractError(`${name}: x-enumDescriptions does not say what ${value} means.`);
  const source = schema['x-enumSources']?.[value];
  const evidence = schema['x-enumEvidence']?.[value];
  const marks = [
    evidence ? `The meaning is ${evidence} from the name.` : undefined,
    source ? `Known from ${source}.` : undefined,
  ];
  return [meaning, ...marks].filter(Boolean).join(' ').replaceAll('*/', '*\\/');
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
