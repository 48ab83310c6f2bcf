import { parseArgs } from 'node:util';
import { projectRoot } from '../lib/project-root.js';
import { readContract } from './contract.js';
import { UnreadableError } from './document.js';
import { LedgerError, ledgerFile, readLedger } from './ledger.js';

const usage = `Usage: tsx scripts/drift/lint.ts [--root <folder>]
  --root <folder>  the project to work in (default: this one)`;

/** Holds the ledger against its schema and the contract: a part of `npm run lint`. */
export function main(args: string[]): number {
  let root: string;
  try {
    root = projectRoot(parseArgs({ args, options: { root: { type: 'string' } } }).values.root);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  try {
    const { entries } = readLedger(root, readContract(root));
    console.log(`${ledgerFile}: ${entries.length} entries, each fits its schema and the contract.`);
    return 0;
  } catch (error) {
    if (!(error instanceof LedgerError || error instanceof UnreadableError)) throw error;
    console.error(error.message);
    return 1;
  }
}
