/** The parts of an OpenAPI document that the generators use. The bundled contract was linted, so its shape is trusted. */
export interface Contract {
  servers: { url: string; variables?: Record<string, { enum?: string[]; default: string }> }[];
  info: { title: string; version: string; summary?: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, PathItem>;
  webhooks: Record<string, { post: WebhookOperation }>;
  components: { schemas: Record<string, Schema>; examples?: Record<string, unknown> };
  [key: string]: unknown;
}

export interface Operation {
  operationId: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, Response>;
}

type Examples = Record<string, { $ref?: string; value?: unknown }>;

/** A body in one media type. */
export interface MediaType {
  schema?: Schema;
  examples?: Examples;
}

export interface Parameter {
  $ref?: string;
  name?: string;
  in?: string;
  schema?: Schema;
  example?: string;
}

/** The evidence for something that Dixa does not document. */
export type Mark = 'observed' | 'inferred' | 'unknown';

/** `x-evidence`. The contract explains its keys in `info.description`. */
export interface Marks {
  readonly this?: Mark;
  readonly meaning?: Mark;
  readonly eventFqn?: Mark;
  readonly nullable?: Mark;
  readonly source?: string;
  readonly note?: string;
  readonly values?: Readonly<Record<string, Marks>>;
}

/** An event type. */
export interface WebhookOperation {
  summary: string;
  description?: string;
  requestBody: { content: Record<string, { schema: Schema; examples?: Examples }> };
  'x-event-fqn': string;
  'x-evidence'?: Marks;
}

export interface Schema {
  type?: string | string[];
  $ref?: string;
  description?: string;
  required?: string[];
  const?: unknown;
  items?: Schema;
  minItems?: number;
  uniqueItems?: boolean;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-evidence'?: Marks;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  enum?: string[];
  'x-enumDescriptions'?: Record<string, string>;
}

interface Response {
  content?: Record<string, MediaType>;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

type PathItem = Partial<Record<(typeof methods)[number], Operation>> & { parameters?: Parameter[] };

/** The contract does not pass lint, or the generators do not support something in it. The message says what. */
export class ContractError extends Error {
  override name = 'ContractError';
}

/** The operations in the order of the contract. */
export function* operationsOf(
  contract: Pick<Contract, 'paths'>,
): Generator<{ path: string; method: string; operation: Operation }> {
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of Object.keys(item) as (typeof methods)[number][]) {
      const operation = methods.includes(method) ? item[method] : undefined;
      if (operation) yield { path, method, operation };
    }
  }
}

/** Follows local references (`#/components/…`), the only ones in a bundled document. */
export function resolve<T extends object>(contract: Contract, node: T): T {
  let current: T = node;
  while ('$ref' in current && typeof current.$ref === 'string') current = follow(contract, current.$ref) as T;
  return current;
}

function follow(contract: Contract, ref: string): unknown {
  if (!ref.startsWith('#/')) throw new ContractError(`The bundled contract refers to ${ref}, which is outside of it.`);
  const steps = ref.slice(2).split('/');
  const target = steps.reduce<unknown>((node, step) => {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;
  }, contract);
  if (target === undefined) throw new ContractError(`The contract refers to ${ref}, which does not exist.`);
  return target;
}

/**
 * Replaces references to shared examples by the examples, which the bundler leaves in `components.examples`. Readers of a media type expect
 * its examples there.
 */
export function inlineExamples(contract: Contract): Contract {
  const prefix = '#/components/examples/';
  const inline = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inline);
    if (typeof node !== 'object' || node === null) return node;
    if ('$ref' in node && typeof node.$ref === 'string' && node.$ref.startsWith(prefix)) return resolve(contract, node);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  };
  const { examples: _, ...components } = contract.components;
  return inline({ ...contract, components }) as Contract;
}
