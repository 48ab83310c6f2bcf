import { type Contract, ContractError, type Operation, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { banner, quote } from './generated-files.js';

/** `generated/operations.ts`: the method, path, result and statuses of each operation. */
export function renderOperations(contract: Contract): string {
  const statusEntries: string[] = [];
  const entries = [...operationsOf(contract)].map(({ path, method, operation }) => {
    const statuses = Object.keys(operation.responses).map(Number);
    if (statuses.some(Number.isNaN)) {
      throw new ContractError(
        `${operation.operationId}: statuses must be numbers, not "default" or ranges such as "4XX".`,
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
/** The method and path of each operation, and the type of \`data\` in its success ('none': no body). */
export const operations = {
${entries.join('')}} as const;

/** The statuses that each operation declares. */
export const statuses = {
${statusEntries.join('')}} as const;

export type OperationId = keyof typeof operations;
`;
}

/** `generated/server.ts`: the address and the versions of the API. */
export function renderServer(contract: Contract): string {
  const [server, ...others] = contract.servers;
  const versions = server?.variables?.apiVersion;
  if (!server || others.length > 0 || !versions?.enum) {
    throw new ContractError('servers must contain one server, whose variable apiVersion has an enum.');
  }
  return `${banner()}
/** The address of Dixa's API, and the default for \`{apiVersion}\`. */
export const server = {
  url: ${quote(server.url)},
  defaultApiVersion: ${quote(versions.default)},
} as const;

/** The versions that \`{apiVersion}\` can be. */
export const apiVersions = [${versions.enum.map(quote).join(', ')}] as const;
`;
}

/** The fields of package.json that `generated/version.ts` is made from. */
export interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url: string };
}

/** `generated/version.ts`: what the code needs to know about the package at run time. */
export function renderVersion({ version, repository }: Manifest): string {
  const url = repository?.url.replace(/^git\+|\.git$/g, '');
  return `${banner('package.json')}
/** The version of this package. */
export const version: string = ${quote(version)};

/** The README that messages link to: in the repository if it is known, else in the package. */
export const readme: string = ${quote(url ? `${url}/blob/v${version}/README.md` : 'dixa-webhooks/README.md')};
`;
}

function dataOf(contract: Contract, operation: Operation): 'object' | 'array' | 'none' {
  const unclear = (why: string) => new ContractError(`${operation.operationId}: ${why}, so its result is unclear.`);
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const [success, ...others] = successes;
  if (!success || others.length > 0) throw unclear(`it declares ${successes.length} success statuses instead of one`);
  const { content } = resolve(contract, success[1]);
  if (!content) return 'none';
  const body: Schema = resolve(contract, content['application/json']?.schema ?? {});
  const { type } = resolve(contract, body.properties?.data ?? {});
  if (type !== 'object' && type !== 'array') throw unclear('`data` in its success is neither an object nor an array');
  return type;
}
