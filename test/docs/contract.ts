import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../scripts/lib/contract.js';
import { root } from '../../scripts/lib/package.js';

/** The contract that the page is made of. */
export const readContract = (): Contract => JSON.parse(readFileSync(join(root, 'generated/openapi.json'), 'utf8'));
