import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, LineCounter, type Node, parse, parseDocument } from 'yaml';
import { child, isObject, type Json, own, segments, valueAt } from '../lib/json-pointer.js';

export interface OpenApiDocument {
  readonly root: Json;
  /** How messages refer to it: a file or a URL. */
  readonly label: string;
  /** Whether enums and defaults are also read from descriptions. Dixa's document has them only there. */
  readonly readsProse: boolean;
}

/** A place in a document, and its content. */
export interface Spot {
  readonly document: OpenApiDocument;
  readonly node: Json;
  readonly pointer: string;
}

/** A document cannot be read or compared. The message says which, why, and what to do. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** Reads Dixa's document, JSON or YAML. */
export function parseUpstream(text: string, label: string): OpenApiDocument {
  const root = parseText(text, label);
  if (isObject(root) && String(root.openapi).startsWith('3.') && isObject(root.paths)) {
    return { root, label, readsProse: true };
  }
  throw new UnreadableError(`${label} is not an OpenAPI 3 document with \`paths\`. Pass Dixa's complete document.`);
}

function parseText(text: string, label: string): unknown {
  try {
    // Without the check for duplicate keys, which takes quadratic time.
    const isJson = /^[ \n\r\t]*\{\s*"/.test(text);
    return isJson ? JSON.parse(text) : parse(text, { uniqueKeys: false, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new UnreadableError(`${label} is neither valid JSON nor valid YAML: ${reason}`);
  }
}

export const contractFile = 'openapi/dixa-webhooks.yaml';

/**
 * The contract as written, not bundled, so that pointers and lines refer to the file. It contains the operations and everything they refer
 * to; only events and examples are in other files.
 */
export function readContract(root: string) {
  const { value, lineOf } = readYaml(root, contractFile);
  if (!isObject(value)) throw new UnreadableError(`${contractFile} is not an object.`);
  return { root: value, label: contractFile, readsProse: false, lineOf };
}

/** Reads a YAML file of this project, with its line numbers. */
export function readYaml(root: string, file: string) {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new UnreadableError(`${file}: ${error.message}`);
  /** The line of a pointer, or of its nearest parent that exists. */
  const lineOf = (pointer: string): number => {
    let node: unknown = document.contents;
    let nearest: unknown = node;
    for (const segment of segments(pointer)) {
      const pair = isMap(node) ? node.items.find(({ key }) => String(key) === segment) : undefined;
      node = isSeq(node) ? node.items[Number(segment)] : pair?.value;
      nearest = pair?.key ?? node ?? nearest;
    }
    return lines.linePos((nearest as Node).range?.[0] ?? 0).line;
  };
  return { value: document.toJS() as unknown, lineOf };
}

/** The target of a local reference. */
export function follow({ root, label }: OpenApiDocument, ref: string) {
  const pointer = decodeURIComponent(ref);
  const node = ref.startsWith('#/') ? valueAt(root, pointer) : undefined;
  if (isObject(node)) return { node, pointer };
  throw new UnreadableError(`${label} refers to ${ref}, which it does not contain. Pass Dixa's complete document.`);
}

/** The spot below some keys, with references followed. Not for schemas, where a reference may have siblings. */
export function spotAt({ document, node, pointer }: Spot, ...keys: (string | number)[]): Spot {
  const found = keys.reduce<unknown>(own, node) as Json;
  if (typeof found.$ref === 'string') return spotAt({ document, ...follow(document, found.$ref) });
  return { document, node: found, pointer: child(pointer, ...keys) };
}
