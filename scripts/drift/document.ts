import { parse } from 'yaml';
import { child, isObject, type Json, own, valueAt } from '../lib/json-pointer.js';

/** An OpenAPI document. Nothing in it is trusted: it may come from the network. */
export interface OpenApiDocument {
  readonly root: Json;
  /** What messages call it: a file or an address. */
  readonly label: string;
  /** Whether enums and defaults that stand only in descriptions count, as they do in Dixa's document. */
  readonly readsProse: boolean;
}

/** A place in a document, and what is there. */
export interface Spot {
  readonly node: Json;
  readonly pointer: string;
}

/** Something that drift cannot read or compare: what it is, why, and what to do about it. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** Dixa's own documents are about 25 levels deep. */
const maxDepth = 200;

/** Reads Dixa's document, JSON or YAML. */
export function parseUpstream(text: string, label: string): OpenApiDocument {
  const value = parseText(text, label);
  if (isTooDeep(value))
    throw new UnreadableError(`${label} is nested more than ${maxDepth} levels deep, or without end.`);
  const version = own(value, 'openapi');
  if (!isObject(value) || typeof version !== 'string' || !version.startsWith('3.') || !isObject(own(value, 'paths'))) {
    throw new UnreadableError(
      `${label} is no OpenAPI 3 document: it needs \`openapi: 3.…\` and \`paths\`. Give Dixa's whole document.`,
    );
  }
  return { root: value, label, readsProse: true };
}

function parseText(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // YAML is read without its search for keys given twice, whose time grows with the square of their number.
    try {
      return parse(text, { uniqueKeys: false, stringKeys: true, logLevel: 'error' });
    } catch (error) {
      const [reason] = (error as Error).message.split('\n');
      throw new UnreadableError(`${label} is neither JSON nor YAML that can be read: ${reason}`);
    }
  }
}

/** All that follows walks the document by recursion. */
function isTooDeep(root: unknown): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    const next = new Set<unknown>();
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      for (const value of Object.values(node)) if (typeof value === 'object') next.add(value);
    }
    level = [...next];
  }
  return false;
}

/** What a local reference names. */
export function follow({ root, label }: OpenApiDocument, ref: string): Spot {
  if (!ref.startsWith('#/')) {
    throw new UnreadableError(`${label} refers to ${ref}, outside itself. Bring it into one document first.`);
  }
  const pointer = decodeRef(ref);
  const node = valueAt(root, pointer);
  if (!isObject(node))
    throw new UnreadableError(`${label} refers to ${ref}, which is not there. Give Dixa's whole document.`);
  return { node, pointer };
}

function decodeRef(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}

/** Follows references from a place that is no schema, such as a parameter or a response. */
export function resolve(document: OpenApiDocument, spot: Spot): Spot {
  const seen = new Set<string>();
  let current = spot;
  for (let ref = own(current.node, '$ref'); typeof ref === 'string'; ref = own(current.node, '$ref')) {
    if (seen.has(ref))
      throw new UnreadableError(`${document.label} refers in a circle at ${spot.pointer}, where no schema is.`);
    seen.add(ref);
    current = follow(document, ref);
  }
  return current;
}

/** What a map of objects holds, resolved: the statuses of an operation, the media types of a body. */
export function entriesOf(document: OpenApiDocument, holder: Spot, key: string): Map<string, Spot> {
  const pointer = child(holder.pointer, key);
  const map = new Map<string, Spot>();
  for (const [name, node] of Object.entries(own(holder.node, key) ?? {})) {
    if (isObject(node)) map.set(name, resolve(document, { node, pointer: child(pointer, name) }));
  }
  return map;
}
