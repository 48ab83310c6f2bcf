import { child, isObject, type Json } from '../lib/json-pointer.js';
import { type OpenApiDocument, type Spot, spotAt, UnreadableError } from './document.js';
import { absent, type Fact, says } from './findings.js';
import { partAt, partOf, type Thing } from './parts.js';
import { brief } from './schema.js';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/**
 * The webhook operations of a document, by a key that is the same in all documents: `GET /webhooks/{}`, without a version such as `/beta` and
 * without the names of parameters.
 */
export function readOperations(document: OpenApiDocument) {
  const prefix = prefixOf(document);
  const things = new Map<string, Thing>();
  for (const path of keysAt(document.root, 'paths')) {
    const item = spotAt({ document, node: document.root, pointer: '#' }, 'paths', path);
    const short = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
    for (const method of methods.filter((method) => concernsWebhooks(path, item.node[method]))) {
      const name = `${method.toUpperCase()} ${short}`;
      things.set(name.replace(/\{[^}]*\}/g, '{}'), readOperation(name, path, item, spotAt(item, method)));
    }
  }
  return { pointer: child('#/paths', prefix), things };
}

const keysAt = (node: Json, key: string) => Object.keys(node[key] ?? {});

/** The part before `/webhooks` in the paths of a document. */
function prefixOf({ root, label }: OpenApiDocument): string {
  const found = keysAt(root, 'paths').flatMap((path) => /^(|\/[^/{}]+)\/webhooks(?:\/|$)/.exec(path)?.[1] ?? []);
  const [prefix, other] = new Set(found);
  if (prefix !== undefined && other === undefined) return prefix;
  const problem = prefix === undefined ? 'no webhook operations' : 'webhook operations of several versions';
  throw new UnreadableError(`${label} has ${problem}. Pass Dixa's complete document for one version.`);
}

/** Whether an operation is about webhooks, by its path or tags. */
const concernsWebhooks = (path: string, operation: unknown) =>
  isObject(operation) && [path, operation.tags].flat().some((text) => /webhook/i.test(String(text)));

function readOperation(name: string, path: string, item: Spot, spot: Spot): Thing {
  const { node, pointer } = spot;
  const things = readParameters(name, path, item, spot);
  if (node.requestBody) things.set('body', readMessage('request body', `${name} body`, spot, 'requestBody'));
  const statuses = keysAt(node, 'responses').sort();
  for (const status of statuses) {
    things.set(status, readMessage('status', `${name} ${status}`, spot, 'responses', status));
  }
  const facts = fieldsOf(spot);
  // Servers of the operation or its path, which replace those of the document.
  const holder = node.servers === undefined ? item : spot;
  facts.set('servers', {
    pointer: child(holder.pointer, 'servers'),
    says: urlsOf(holder.node).sort().join(', ') || absent,
  });
  facts.set('security', securityOf(spot));
  return { subject: 'operation', name, pointer, says: () => statuses.join(' '), facts, things };
}

/** Parameters are matched by place and name. Those in the path are matched by position, because their names are not sent. */
function readParameters(operation: string, path: string, item: Spot, spot: Spot): Map<string, Thing> {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const parameters = new Map<string, Thing>();
  // Parameters of the operation come last, because they override those of its path.
  for (const holder of [item, spot]) {
    for (const index of keysAt(holder.node, 'parameters')) {
      const parameter = spotAt(holder, 'parameters', index);
      const { required, in: place, name } = parameter.node as { required?: unknown; in: string; name: string };
      const value = readValue('parameter', `${operation} ${place} ${name}`, parameter);
      value.facts.set('name', { pointer: child(parameter.pointer, 'name'), says: name });
      const says = () => `${place} ${name}, ${required === true ? 'required' : 'optional'} ${brief(value.schema)}`;
      const key = place === 'path' ? inPath.indexOf(name) : name.toLowerCase();
      parameters.set(`${place} ${key}`, { ...value, at: child(spot.pointer, 'parameters'), says });
    }
  }
  return parameters;
}

/** A request body or a response. */
function readMessage(subject: string, name: string, operation: Spot, ...keys: string[]): Thing {
  const spot = spotAt(operation, ...keys);
  const things = new Map<string, Thing>();
  const texts: (() => string)[] = [];
  for (const key of ['content', 'headers']) {
    for (const written of keysAt(spot.node, key)) {
      // Media types without parameters. None of the names is case-sensitive.
      const id = written.replace(/;.*/s, '').trim().toLowerCase();
      const isHeader = key === 'headers';
      const thing = readValue(isHeader ? 'header' : 'media type', `${name} ${written}`, spotAt(spot, key, written));
      texts.push(() => (isHeader ? `header ${written}` : `${id} ${brief(thing.schema)}`));
      things.set(`${key} ${id}`, { ...thing, pointer: child(spot.pointer, key, written), says: () => written });
    }
  }
  const says = () => {
    const all = texts.map((text) => text()).sort();
    return [...(keysAt(spot.node, 'content').length > 0 ? [] : ['no body']), ...all].join(', ');
  };
  const pointer = child(operation.pointer, ...keys);
  return { subject, name, pointer, home: spot.pointer, says, facts: fieldsOf(spot), things };
}

/** A parameter, header or media type. Its schema may be inside a media type. */
function readValue(subject: string, name: string, spot: Spot) {
  const { document, node, pointer } = spot;
  const [type] = keysAt(node, 'content');
  const facts = fieldsOf(spot);
  if (type !== undefined) facts.set('content', { pointer: child(pointer, 'content'), says: type });
  const schema = partAt(spot, ...(type === undefined ? [] : ['content', type]), 'schema');
  // The description of a parameter also describes its schema.
  const described = partOf(document, { description: node.description }, pointer);
  return { subject, name, pointer, home: pointer, facts, schema: [schema, described] };
}

/** Fields outside of schemas that are compared separately or not at all. All others are compared as written. */
const known = [
  ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'example', 'examples', 'links', 'name', 'in'],
  ...['parameters', 'requestBody', 'responses', 'security', 'servers', 'headers', 'content', 'schema'],
];

function fieldsOf({ node, pointer }: Spot): Map<string, Fact> {
  const style = node.in === 'query' || node.in === 'cookie' ? 'form' : 'simple';
  const usual: Json = { style, explode: (node.style ?? style) === 'form' };
  const fields = Object.entries(node).filter(([key, value]) => {
    return !known.includes(key) && !key.startsWith('x-') && value !== false && value !== usual[key];
  });
  return new Map(fields.map(([key, value]) => [key, { pointer: child(pointer, key), says: says(value) }]));
}

/** The URLs of the servers with variables filled in and with the version. Relative URLs are ignored. */
export function addressesOf(document: OpenApiDocument): string[] {
  const urls = urlsOf(document.root).filter((url) => /^https?:/i.test(url));
  return [...new Set(urls.map((url) => url.replace(/\/+$/, '') + prefixOf(document)))];
}

function urlsOf({ servers = [] }: Json): string[] {
  return (servers as Json[]).flatMap(({ url, variables }) => {
    let urls = [String(url)];
    for (const [name, variable] of Object.entries((variables ?? {}) as Record<string, Json>)) {
      const values = (variable.enum ?? [variable.default]) as unknown[];
      urls = urls.flatMap((one) => values.map((value) => one.replaceAll(`{${name}}`, () => String(value))));
    }
    return urls;
  });
}

/** How an operation is authenticated, without the names of the schemes. */
function securityOf(operation: Spot): Fact {
  const { root } = operation.document;
  const { node, pointer } = operation.node.security === undefined ? { node: root, pointer: '#' } : operation;
  const { securitySchemes = {} } = (root.components ?? {}) as { securitySchemes?: Record<string, Json> };
  const describe = (key: string) => {
    const scheme = securitySchemes[key] ?? {};
    return [scheme.type, scheme.scheme, scheme.in, scheme.name].filter(Boolean).join(' ') || key;
  };
  const ways = ((node.security ?? []) as Json[]).map((all) => Object.keys(all).map(describe).sort().join(' and '));
  const says = [...new Set(ways.map((way) => way || 'nothing'))].sort().join(' or ') || 'nothing';
  return { pointer: child(pointer, 'security'), says };
}
