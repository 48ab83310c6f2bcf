import { UnreadableError } from '../drift/document.js';
import { ledgerFile } from '../drift/ledger.js';
import { readOurs } from '../drift/report.js';
import { readContract } from '../generate/read-contract.js';
import { ContractError } from '../lib/contract.js';
import { root } from '../lib/package.js';

/** Checks the contract and the ledger. Part of `npm run lint`. */
export async function main(_args: string[] = [], folder = root): Promise<number> {
  try {
    await readContract(folder);
    const { entries } = readOurs(folder).ledger;
    console.log(`openapi/ passes lint, and so do the ${entries.length} entries of ${ledgerFile}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof ContractError || error instanceof UnreadableError)) throw error;
    console.error(error.message);
    return 1;
  }
}
