import openapiTS, { astToString } from 'openapi-typescript';
import { banner } from './banner.js';
import type { Contract } from './contract.js';

/** `generated/openapi.ts`: every type of the contract. */
export async function renderTypes(contract: Contract): Promise<string> {
  const ast = await openapiTS(JSON.stringify(withoutDiscriminators(contract)), {
    // A property with a default may still be left out of a request.
    defaultNonNullable: false,
    silent: true,
  });
  return `${banner()}\n${forHovers(astToString(ast))}`;
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
