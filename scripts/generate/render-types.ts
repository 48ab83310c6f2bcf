import { createRequire } from 'node:module';
import type * as OpenapiTypescript from 'openapi-typescript';
import type { Contract, Schema } from '../lib/contract.js';
import ts from '../lib/typescript.cjs';
import { banner } from './generated-files.js';

// A plain import would load TypeScript in the way that scripts/lib/typescript.cjs avoids.
const { default: openapiTS, ...build } = createRequire(import.meta.url)(
  'openapi-typescript',
) as typeof OpenapiTypescript;
const { astToString, STRING, tsIntersection, tsLiteral, tsUnion } = build;

/** `generated/openapi.ts`: the types of operations and schemas. */
export async function renderTypes(contract: Contract): Promise<string> {
  // The events are in generated/events.ts.
  const document = { ...contract, webhooks: {} };
  const ast = await openapiTS(JSON.stringify(withoutDiscriminators(document)), {
    // A request may leave out a property that has a default.
    defaultNonNullable: false,
    transform: openEnum,
    silent: true,
  });
  return `${banner()}\n${forHovers(astToString(ast))}`;
}

/**
 * An enum next to `type: string` lists the known values. TypeScript would reduce the union to `string`; written this way, editors still
 * suggest the values. Only payloads of events use this: openapi-fetch's types would turn it into an object, so requests and responses
 * refer to a named enum instead.
 */
function openEnum({ anyOf }: { anyOf?: unknown }): ts.TypeNode | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [known, other] = anyOf as Schema[];
  if (!known?.enum || known.type !== 'string' || other?.type !== 'string' || other.enum) return undefined;
  return tsUnion([...known.enum.map(tsLiteral), tsIntersection([STRING, ts.factory.createTypeLiteralNode([])])]);
}

/** The `const` in each member is enough to discriminate a union. With a discriminator, openapi-typescript would drop the member's comment. */
function withoutDiscriminators(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDiscriminators);
  if (typeof node !== 'object' || node === null) return node;
  const isUnion = 'oneOf' in node;
  const entries = Object.entries(node).filter(([key]) => !(isUnion && key === 'discriminator'));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutDiscriminators(value)]));
}

/**
 * Makes comments readable in editors, which show `@description` as a tag and keep the indentation of continued lines. The description comes
 * first, then the format.
 */
function forHovers(source: string): string {
  const lines: string[] = [];
  const ordered = source.replaceAll(/^( *\* )(Format: .+)\n *\* (@description .+)$/gm, '$1$3 $2.');
  for (const line of ordered.split('\n')) {
    const text = line.replace(/^( *\*) {5}(?=\S)/, '$1 ');
    const described = /^( *)(\/\*\*|\*) @description (.*)$/.exec(text);
    if (!described) {
      lines.push(text);
      continue;
    }
    const [, indent, opening, rest] = described;
    const continues = opening === '*' && !/\/\*\*$/.test(lines.at(-1) ?? '');
    if (continues) lines.push(`${indent}*`);
    lines.push(`${indent}${opening} ${rest}`);
  }
  return lines.join('\n').replaceAll(/^( *\/\*\*)\n *\* ([^\n@].*)\n *(\*\/)$/gm, '$1 $2 $3');
}
