import { readFileSync } from 'node:fs';
import { type OperationId, operations } from '../../generated/operations.js';

/** The contract as shipped, from which expected responses are read. */
const document = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8')) as Node;

type Node = Readonly<Record<string, unknown>>;

/** An example of the contract. */
export interface Example {
  readonly name: string;
  readonly value: unknown;
}

/** The examples of a response, starting with Prism's default. Empty for a response without a body. */
export function replyExamples(id: OperationId, status: number): Example[] {
  return examplesIn(at(operationNode(id), 'responses', `${status}`));
}

/** The examples of the body that an operation is sent. */
export function requestExamples(id: OperationId): Example[] {
  return examplesIn(at(operationNode(id), 'requestBody'));
}

/** The value of a reply's header in its example. */
export function headerExample(id: OperationId, status: number, name: string): unknown {
  return at(operationNode(id), 'responses', `${status}`, 'headers', name)?.example;
}

/** The names of the members of every union in the contract. */
export function unionMembers(): string[] {
  const schemas = Object.values(at(document, 'components', 'schemas') ?? {}) as { oneOf?: { $ref: string }[] }[];
  return schemas.flatMap(({ oneOf = [] }) => oneOf.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1)));
}

/** Every `_type` within a value. */
export function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { _type?: unknown })._type;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(typesIn)];
}

function operationNode(id: OperationId): Node {
  const { method, path } = operations[id];
  const node = at(document, 'paths', path, method.toLowerCase());
  if (node?.operationId !== id) throw new Error(`generated/openapi.json has no ${id} at ${method} ${path}`);
  return node;
}

function examplesIn(message: Node | undefined): Example[] {
  const examples = at(message, 'content', 'application/json', 'examples') ?? {};
  return Object.keys(examples).map((name) => ({ name, value: at(examples, name)?.value }));
}

/** The node at the end of a path, through references; undefined where there is none. */
function at(node: Node | undefined, ...path: string[]): Node | undefined {
  const target = resolve(node);
  const [step, ...rest] = path;
  return step === undefined ? target : at(target?.[step] as Node | undefined, ...rest);
}

function resolve(node: Node | undefined): Node | undefined {
  const reference = node?.$ref;
  return typeof reference === 'string' ? at(document, ...reference.replace(/^#\//, '').split('/')) : node;
}
