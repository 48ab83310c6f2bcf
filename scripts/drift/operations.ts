import { child, isObject, own, ownObject } from '../lib/json-pointer.js';
import { type OpenApiDocument, resolve, type Spot, UnreadableError } from './document.js';
import { saidAsText } from './says.js';

/** The webhook operations of a document. */
export interface Operations {
  /** By what is the same in every document: `GET /webhooks/{}`, without the version and the parameters' names. */
  readonly byKey: ReadonlyMap<string, Operation>;
  /** What stands before `/webhooks` in its paths, such as `/beta`. */
  readonly prefix: string;
}

export interface Operation {
  readonly spot: Spot;
  /** What holds the operations of its path. */
  readonly item: Spot;
  readonly method: string;
  readonly path: string;
  /** `GET /webhooks/{webhookSubscriptionId}` */
  readonly title: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
}

export interface Parameter {
  readonly spot: Spot;
  /** `path webhookSubscriptionId` */
  readonly title: string;
  readonly name: string;
  readonly required: boolean;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
/** OpenAPI says that a parameter of these names is to be ignored. */
const ignoredHeaders = ['accept', 'content-type', 'authorization'];

export function readOperations(document: OpenApiDocument): Operations {
  const paths = ownObject(document.root, 'paths');
  const prefixes = new Set(Object.keys(paths).flatMap((path) => webhooksPath.exec(path)?.[1] ?? []));
  const [prefix, other] = prefixes;
  if (prefix === undefined) {
    throw new UnreadableError(
      `${document.label} has no webhook operations: no path is \`/webhooks\` or \`/<version>/webhooks\`. Give Dixa's whole document.`,
    );
  }
  if (other !== undefined) {
    throw new UnreadableError(
      `${document.label} has webhook operations of several versions (${[...prefixes].sort().join(', ')}). Give a document of one.`,
    );
  }
  const byKey = new Map<string, Operation>();
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    const itemSpot = resolve(document, { node: item, pointer: child('#/paths', path) });
    for (const method of methods) {
      const node = own(itemSpot.node, method);
      if (!isObject(node) || !concernsWebhooks(path, node)) continue;
      const spot = { node, pointer: child(itemSpot.pointer, method) };
      const short = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
      const key = `${method.toUpperCase()} ${short.replace(/\{[^}]*\}/g, '{}')}`;
      const title = `${method.toUpperCase()} ${short}`;
      const parameters = readParameters(document, path, itemSpot, spot);
      byKey.set(key, { spot, item: itemSpot, method, path: short, title, parameters });
    }
  }
  return { byKey, prefix };
}

const webhooksPath = /^(|\/[^/{}]+)\/webhooks(?:\/|$)/;

/** By its path or by its tags: what concerns webhooks may stand anywhere. */
function concernsWebhooks(path: string, operation: object): boolean {
  const tags = own(operation, 'tags');
  return [path, ...(Array.isArray(tags) ? tags : [])].some((text) => /webhook/i.test(saidAsText(text)));
}

/** By where they stand and what they are called; those of a path, whose names are not sent, by which of the path's they are. */
function readParameters(document: OpenApiDocument, path: string, item: Spot, operation: Spot): Map<string, Parameter> {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const parameters = new Map<string, Parameter>();
  // What the operation says comes last and holds.
  for (const holder of [item, operation]) {
    const list = own(holder.node, 'parameters');
    for (const [index, written] of (Array.isArray(list) ? list : []).entries()) {
      if (!isObject(written)) continue;
      const spot = resolve(document, { node: written, pointer: child(holder.pointer, 'parameters', index) });
      const [name, where] = [saidAsText(own(spot.node, 'name')), saidAsText(own(spot.node, 'in'))];
      if (where === 'header' && ignoredHeaders.includes(name.toLowerCase())) continue;
      const position = where === 'path' ? inPath.indexOf(name) : -1;
      const key = position < 0 ? `${where} ${where === 'header' ? name.toLowerCase() : name}` : `path ${position}`;
      parameters.set(key, { spot, title: `${where} ${name}`, name, required: own(spot.node, 'required') === true });
    }
  }
  return parameters;
}
