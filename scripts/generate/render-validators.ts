import { transform } from 'esbuild';
import { type Contract, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { compilerOf } from './compile-schemas.js';
import { banner, quote } from './generated-files.js';

/** `generated/validators.js`: functions that check values against the contract. The file imports nothing. */
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
  // Formats the code and drops unused functions.
  const { code } = await transform(source, { format: 'esm', target: 'es2022', treeShaking: true, charset: 'utf8' });
  return `${banner()}\n${code}`;
}

/** `generated/validators.d.ts` */
export const renderValidatorTypes = (): string => `${banner()}
import type { OperationId } from './operations.js';
import type { requestBodies } from './request-bodies.js';

/** Why a value does not match the contract. */
export interface ValidationError {
  /** The place in the value, as a JSON pointer. Empty for the value itself. */
  readonly instancePath: string;
  /** The JSON Schema keyword that the value violates, such as \`required\`. */
  readonly keyword: string;
  /** The rule, such as \`must be string\`. */
  readonly message: string;
  /** Details that depend on the keyword, such as \`missingProperty\`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Returns whether a value matches the contract. */
export interface Validator {
  (value: unknown): boolean;
  /** Why the value of the latest call does not match; null if it does. Checking stops at the first error. */
  readonly errors?: readonly [ValidationError, ...ValidationError[]] | null;
}

/** The validators of each operation: for path parameters, the request body, and response bodies by status. */
export declare const validators: {
  readonly [Id in OperationId]: {
    readonly parameters: Readonly<Record<string, Validator>>;
    readonly body: Id extends keyof typeof requestBodies ? Validator : undefined;
    /** By status. A response without a body, such as 204, has no validator. */
    readonly responses: Readonly<Record<number, Validator>>;
  };
};
`;
