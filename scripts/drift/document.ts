import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, LineCounter, type Node, parse, parseDocument } from 'yaml';
import { child, isObject, type Json, own, segments, valueAt } from '../lib/json-pointer.js';

export interface OpenApiDocument {
  readonly root: Json;
  /** What messages call it: a file or an address. */
  readonly label: string;
  /** Whether enums and defaults that stand only in descriptions count, as they do in Dixa's document. */
  readonly readsProse: boolean;
}

/** A place in a document, and what is there. */
export interface Spot {
  readonly document: OpenApiDocument;
  readonly node: Json;
  readonly pointer: string;
}

/** Something that drift cannot read or compare: what it is, why, and what to do about it. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** Reads Dixa's document, JSON or YAML. */
export function parseUpstream(text: string, label: string): OpenApiDocument {
  const root = parseText(text, label);
  if (isObject(root) && String(root.openapi).startsWith('3.') && isObject(root.paths)) {
    return { root, label, readsProse: true };
  }
  throw new UnreadableError(`${label} is not an OpenAPI 3 document with \`paths\`. Give Dixa's whole document.`);
}

function parseText(text: string, label: string): unknown {
  try {
    // Without the search for keys given twice, whose time grows with the square of their number.
    const isJson = /^[ \n\r\t]*\{\s*"/.test(text);
    return isJson ? JSON.parse(text) : parse(text, { uniqueKeys: false, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new UnreadableError(`${label} is neither JSON nor YAML that can be read: ${reason}`);
  }
}

export const contractFile = 'openapi/dixa-webhooks.yaml';

/**
 * The contract as it is written, not as it is bundled, so that pointers and lines are those of the file. The operations and all that they
 * reach are in that one file; only events and examples are in others.
 */
export function readContract(root: string) {
  const { value, lineOf } = readYaml(root, contractFile);
  if (!isObject(value)) throw new UnreadableError(`${contractFile} holds no object.`);
  return { root: value, label: contractFile, readsProse: false, lineOf };
}

/** A YAML file of ours: what it says, and in which line. */
export function readYaml(root: string, file: string) {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new UnreadableError(`${file}: ${error.message}`);
  /** The line of what a pointer names, or of the nearest thing around it that is there. */
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

/** What a local reference names. */
export function follow({ root, label }: OpenApiDocument, ref: string) {
  const pointer = decodeURIComponent(ref);
  const node = ref.startsWith('#/') ? valueAt(root, pointer) : undefined;
  if (isObject(node)) return { node, pointer };
  throw new UnreadableError(`${label} refers to ${ref}, which is not in it. Give Dixa's whole document.`);
}

/** What stands at a spot under some keys, with references followed. No schema is read so. */
export function spotAt({ document, node, pointer }: Spot, ...keys: (string | number)[]): Spot {
  const found = keys.reduce<unknown>(own, node) as Json;
  if (typeof found.$ref === 'string') return spotAt({ document, ...follow(document, found.$ref) });
  return { document, node: found, pointer: child(pointer, ...keys) };
}
