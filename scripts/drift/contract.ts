import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../lib/json-pointer.js';
import { type OpenApiDocument, UnreadableError } from './document.js';
import { readYaml, type YamlSource } from './yaml-source.js';

export const contractFile = 'openapi/dixa-webhooks.yaml';

/**
 * The contract as it is written, not as it is bundled, so that pointers and lines are those of the file. The operations and all that they
 * reach are in that one file; only events and examples are in others.
 */
export function readContract(root: string): OpenApiDocument & Pick<YamlSource, 'lineOf'> {
  let source: YamlSource;
  try {
    source = readYaml(readFileSync(join(root, contractFile), 'utf8'));
  } catch (error) {
    throw new UnreadableError(`${contractFile} cannot be read: ${(error as Error).message}`);
  }
  if (!isObject(source.value)) throw new UnreadableError(`${contractFile} holds no object.`);
  return { root: source.value, label: contractFile, readsProse: false, lineOf: source.lineOf };
}
