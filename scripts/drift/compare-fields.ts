import { child, own, ownObject } from '../lib/json-pointer.js';
import type { Spot } from './document.js';
import type { FindingCollector } from './findings.js';
import { absent, type Says, saidAsText, says } from './says.js';

/** The fields of what is no schema that are compared by themselves, or say nothing. All others are compared as they are written. */
const known = {
  operation: [
    ...['tags', 'summary', 'description', 'externalDocs', 'operationId'],
    ...['parameters', 'requestBody', 'responses', 'security', 'servers'],
  ],
  parameter: ['name', 'in', 'description', 'schema', 'example', 'examples'],
  'request body': ['description', 'content'],
  response: ['summary', 'description', 'headers', 'content', 'links'],
  header: ['description', 'schema', 'example', 'examples'],
  'media type': ['schema', 'example', 'examples'],
};

export function compareFields(
  findings: FindingCollector,
  kind: keyof typeof known,
  name: string,
  ours: Spot,
  theirs: Spot,
): void {
  for (const key of new Set([ours, theirs].flatMap(({ node }) => Object.keys(node)))) {
    if (known[kind].includes(key) || key.startsWith('x-')) continue;
    const side = (spot: Spot) => ({ pointer: child(spot.pointer, key), says: saysOf(spot, key) });
    findings.changed(key, name, side(ours), side(theirs));
  }
}

function saysOf({ node }: Spot, key: string): Says {
  const value = own(node, key);
  if (value === undefined || value === false || value === neutral(node, key)) return absent;
  // The schema in a parameter's `content` is compared where all schemas are.
  return key === 'content' ? Object.keys(ownObject(node, key)).sort().join(', ') : says(value);
}

/** What a parameter or header says of its form that goes without saying. */
function neutral(node: object, key: string): unknown {
  const usual = ['query', 'cookie'].includes(saidAsText(own(node, 'in'))) ? 'form' : 'simple';
  if (key === 'style') return usual;
  return key === 'explode' ? (own(node, 'style') ?? usual) === 'form' : undefined;
}
