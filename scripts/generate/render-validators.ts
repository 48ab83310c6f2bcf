import { transform } from 'esbuild';
import { type Contract, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { compilerOf } from './compile-schemas.js';
import { banner, quote } from './generated-files.js';

/** `generated/validators.js`: functions that check values against the contract. They import nothing. */
export async function renderValidators(contract: Contract): Promise<string> {
  const compiler = compilerOf(contract);
  const bodyOf = (node: { content?: Record<string, { schema?: Schema }> }, name: string) => {
    const { schema } = resolve(contract, node).content?.['application/json'] ?? {};
    return schema && compiler.functionOf(schema, name);
  };
  const entries = [...operationsOf(contract)].map(({ path, operation }) => {
    const { operationId: id, requestBody = {}, responses } = operation;
    const inPath = [...(contract.paths[path]?.parameters ?? []), ...(operation.parameters ?? [])].flatMap(
      (parameter) => {
        const { in: place, name, schema } = resolve(contract, parameter);
        return place === 'path' && name && schema ? [`${quote(name)}: ${compiler.functionOf(schema, name)}`] : [];
      },
    );
    const replies = Object.entries(responses).flatMap(([status, response]) => {
      const body = bodyOf(response, `${id}${status}`);
      return body ? [`${status}: ${body}`] : [];
    });
    const body = bodyOf(requestBody, `${id}Body`);
    return `${id}: { parameters: {${inPath}}, body: ${body ?? 'undefined'}, responses: {${replies}} },\n`;
  });
  const source = `${compiler.code()}\nexport const validators = {\n${entries.join('')}};`;
  // Formats it, and leaves out what nothing uses.
  const { code } = await transform(source, { format: 'esm', target: 'es2022', treeShaking: true, charset: 'utf8' });
  return `${banner()}\n${code}`;
}

/** `generated/validators.d.ts` */
export const renderValidatorTypes = (): string => `${banner()}
import type { OperationId } from './operations.js';
import type { requestBodies } from './request-bodies.js';

/** Why a value does not fit the contract. */
export interface ValidationError {
  /** Where in the value, as a JSON pointer; empty for the value itself. */
  readonly instancePath: string;
  /** The keyword of JSON Schema that the value breaks, such as \`required\`. */
  readonly keyword: string;
  /** What the value must be, such as \`must be string\`. */
  readonly message: string;
  /** Details, which depend on the keyword, such as \`missingProperty\`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Returns whether a value fits the contract. */
export interface Validator {
  (value: unknown): boolean;
  /** Why the value of the latest call does not fit; null if it does. Checking stops at the first fault. */
  readonly errors?: readonly [ValidationError, ...ValidationError[]] | null;
}

/** For each operation: its path parameters, the body of its request, and the bodies of its responses by status. */
export declare const validators: {
  readonly [Id in OperationId]: {
    readonly parameters: Readonly<Record<string, Validator>>;
    readonly body: Id extends keyof typeof requestBodies ? Validator : undefined;
    /** A response without a body, such as 204, has none. */
    readonly responses: Readonly<Record<number, Validator>>;
  };
};
`;
