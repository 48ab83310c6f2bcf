import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contract, ContractError, type Operation, operationsOf, resolve } from '../lib/contract.js';

/** Sample as redocly takes it from `x-codeSamples`. */
export interface CodeSample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The languages of the samples, in the order of their tabs; `Payload` is the body alone. */
export const sampleLanguages = ['TypeScript', 'curl', 'Payload'] as const;

const folder = 'docs/samples';

/** For each operation a sample that uses the client, from docs/samples, and the same call for curl. */
export async function operationSamples(root: string, contract: Contract): Promise<Record<string, CodeSample[]>> {
  const entries = [...operationsOf(contract)].map(async ({ path, method, operation }) => {
    const file = `${folder}/${operation.operationId}.ts`;
    const source = await readFile(join(root, file), 'utf8').catch(() => {
      throw new ContractError(`${operation.operationId} has no sample: write ${file}.`);
    });
    const samples: CodeSample[] = [
      { lang: 'TypeScript', label: 'TypeScript', source: source.trimEnd() },
      { lang: 'bash', label: 'curl', source: curlSample(contract, path, method, operation) },
    ];
    return [operation.operationId, samples] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The call as a command for a POSIX shell, with the examples of the contract. The key stays in the environment. */
function curlSample(contract: Contract, path: string, method: string, operation: Operation): string {
  const [server] = contract.servers;
  const base = (server?.url ?? '').replaceAll(/\{(\w+)\}/g, (_, name) => `${server?.variables?.[name]?.default}`);
  const url = base + path.replaceAll(/\{(\w+)\}/g, (_, name) => exampleOf(contract, path, name));
  const lines = [
    `curl --fail-with-body${method === 'get' ? '' : ` --request ${method.toUpperCase()}`} ${url}`,
    '--header "Authorization: $DIXA_API_KEY"',
  ];
  const body = bodyExample(contract, operation);
  if (body !== undefined) {
    lines.push("--header 'Content-Type: application/json'");
    lines.push(`--data '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}

function exampleOf(contract: Contract, path: string, name: string): string {
  const parameters = contract.paths[path]?.parameters ?? [];
  const parameter = parameters.map((each) => resolve(contract, each)).find((each) => each.name === name);
  if (parameter?.example === undefined) throw new ContractError(`${path}: the parameter ${name} has no example.`);
  return encodeURIComponent(parameter.example);
}

function bodyExample(contract: Contract, { requestBody }: Operation): unknown {
  const examples = requestBody?.content['application/json']?.examples ?? {};
  const [first] = Object.values(examples);
  return first && resolve(contract, first).value;
}
