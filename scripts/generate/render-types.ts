import { createRequire } from 'node:module';
import type * as OpenapiTypescript from 'openapi-typescript';
import type { Contract, Schema } from '../lib/contract.js';
import ts from '../lib/typescript.cjs';
import { banner } from './generated-files.js';

// Imported, it would bring in TypeScript as scripts/lib/typescript.cjs avoids it.
const { default: openapiTS, ...build } = createRequire(import.meta.url)(
  'openapi-typescript',
) as typeof OpenapiTypescript;
const { astToString, STRING, tsIntersection, tsLiteral, tsUnion } = build;

/** `generated/openapi.ts`: the types of operations and schemas. */
export async function renderTypes(contract: Contract): Promise<string> {
  // generated/events.ts has the events.
  const document = { ...contract, webhooks: {} };
  const ast = await openapiTS(JSON.stringify(withoutDiscriminators(document)), {
    // A property with a default may still be left out of a request.
    defaultNonNullable: false,
    transform: openEnum,
    silent: true,
  });
  return `${banner()}\n${forHovers(astToString(ast))}`;
}

/**
 * An enum written beside `type: string` is a list of the values known so far. TypeScript would make it `string`; so written, editors
 * offer the values. Only payloads of events have such lists: what goes through openapi-fetch refers to a named enum instead, because its
 * types would turn this into an object.
 */
function openEnum({ anyOf }: { anyOf?: unknown }): ts.TypeNode | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [known, other] = anyOf as Schema[];
  if (!known?.enum || known.type !== 'string' || other?.type !== 'string' || other.enum) return undefined;
  return tsUnion([...known.enum.map(tsLiteral), tsIntersection([STRING, ts.factory.createTypeLiteralNode([])])]);
}

/** The `const` in each member already tells a union apart; given a discriminator too, openapi-typescript overwrites the member's comment. */
function withoutDiscriminators(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDiscriminators);
  if (typeof node !== 'object' || node === null) return node;
  const isUnion = 'oneOf' in node;
  const entries = Object.entries(node).filter(([key]) => !(isUnion && key === 'discriminator'));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutDiscriminators(value)]));
}

/** Editors show a comment's text plainly, but `@description` as a tag, and a continued line with its indentation. */
function forHovers(source: string): string {
  const lines: string[] = [];
  for (const line of source.split('\n')) {
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
  return lines.join('\n');
}
