import { child, isObject, own, ownObject } from '../lib/json-pointer.js';
import { type OpenApiDocument, resolve, type Spot } from './document.js';
import type { Side } from './findings.js';
import type { Operation } from './operations.js';
import { absent, saidAsText } from './says.js';

/** The addresses of the servers with their variables filled in, each with `prefix`. Relative ones say nothing. */
export function addressesOf({ root }: OpenApiDocument, prefix: string): string[] {
  const urls = urlsOf(root).filter((url) => /^https?:/i.test(url));
  return [...new Set(urls.map((url) => url.replace(/\/+$/, '') + prefix))];
}

/** The servers that an operation or its path has for itself, instead of those of the document. */
export function serversOf({ spot, item }: Pick<Operation, 'spot' | 'item'>): Side {
  const { node, pointer } = own(spot.node, 'servers') === undefined ? item : spot;
  return { pointer: child(pointer, 'servers'), says: urlsOf(node).sort().join(', ') || absent };
}

function urlsOf(node: object): string[] {
  const servers = own(node, 'servers');
  return (Array.isArray(servers) ? servers : []).flatMap((server) => {
    const url = own(server, 'url');
    return typeof url === 'string' ? fill(url, ownObject(server, 'variables')) : [];
  });
}

function fill(url: string, variables: object): string[] {
  let urls = [url];
  for (const [name, variable] of Object.entries(variables)) {
    const values = own(variable, 'enum') ?? [own(variable, 'default')];
    // Variables multiply, and a document from outside may have many.
    if (!Array.isArray(values) || urls.length * values.length > 100) continue;
    urls = urls.flatMap((one) => values.map((value) => one.replaceAll(`{${name}}`, () => saidAsText(value))));
  }
  return urls;
}

/** How an operation is authenticated, without the names of the schemes. */
export function securityOf(document: OpenApiDocument, operation: Spot): Side {
  const holder = own(operation.node, 'security') === undefined ? { node: document.root, pointer: '#' } : operation;
  const pointer = child(holder.pointer, 'security');
  const alternatives = own(holder.node, 'security');
  if (!Array.isArray(alternatives) || alternatives.length === 0) return { pointer, says: 'nothing' };
  const schemes = ownObject(document.root, 'components');
  const says = alternatives.map((requirement) => {
    const names = Object.keys(isObject(requirement) ? requirement : {});
    return names.map((name) => describeScheme(document, ownObject(ownObject(schemes, 'securitySchemes'), name))).sort();
  });
  return { pointer, says: [...new Set(says.map((all) => all.join(' and ') || 'nothing'))].sort().join(' or ') };
}

function describeScheme(document: OpenApiDocument, node: Record<string, unknown>): string {
  const scheme = resolve(document, { node, pointer: '#/components/securitySchemes' }).node;
  const parts = ['type', 'scheme', 'in', 'name'].map((key) => own(scheme, key));
  return parts.filter((part) => typeof part === 'string').join(' ') || 'an unknown scheme';
}
