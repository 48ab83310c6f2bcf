import { type Contract, ContractError, type Operation, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { banner, quote } from './generated-files.js';

/** `generated/operations.ts`: what each operation is called, where it is, and how it answers. */
export function renderOperations(contract: Contract): string {
  const statusEntries: string[] = [];
  const entries = [...operationsOf(contract)].map(({ path, method, operation }) => {
    const statuses = Object.keys(operation.responses).map(Number);
    if (statuses.some(Number.isNaN)) {
      throw new ContractError(
        `${operation.operationId}: statuses must be numbers, neither "default" nor ranges such as "4XX".`,
      );
    }
    statusEntries.push(`  ${operation.operationId}: [${statuses.sort((a, b) => a - b).join(', ')}],\n`);
    const fields = [
      `method: ${quote(method.toUpperCase())}`,
      `path: ${quote(path)}`,
      `data: ${quote(dataOf(contract, operation))}`,
    ];
    return `  ${operation.operationId}: { ${fields.join(', ')} },\n`;
  });
  return `${banner()}
/** Each operation's method and path, and what the \`data\` of its success holds ('none': there is no body). */
export const operations = {
${entries.join('')}} as const;

/** The statuses that each operation declares. */
export const statuses = {
${statusEntries.join('')}} as const;

export type OperationId = keyof typeof operations;
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
/** The address of Dixa's API, and the version that \`{apiVersion}\` stands for if none is asked for. */
export const server = {
  url: ${quote(server.url)},
  defaultApiVersion: ${quote(versions.default)},
} as const;

/** The versions that \`{apiVersion}\` may stand for. */
export const apiVersions = [${versions.enum.map(quote).join(', ')}] as const;
`;
}

/** What `generated/version.ts` is made from. */
export interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url: string };
}

/** `generated/version.ts`: what the code says of the package at run time. */
export function renderVersion({ version, repository }: Manifest): string {
  const url = repository?.url.replace(/^git\+|\.git$/g, '');
  return `${banner('package.json')}
/** The version of this package. */
export const version: string = ${quote(version)};

/** Where messages refer to: the README of the repository, or else that in the package. */
export const readme: string = ${quote(url ? `${url}/blob/v${version}/README.md` : 'dixa-webhooks/README.md')};
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
