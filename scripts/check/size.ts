import { bundleCases, measureBundle } from '../bench/size-bundle.js';
import { measureImports } from '../bench/size-import.js';
import { table } from '../lib/table.js';
import { type CallTimes, measureCalls } from './size-calls.js';

/** The limits on times. They depend on the machine and on what else it does, so passing one is told, and no error. */
const CLIENT_IMPORT_MS = 9;
const RECEIVER_IMPORT_MS = 10;
const CALL_RATIO = 1.3;

const rows: string[][] = [['what', 'measured', 'limit', '']];
let tooMuch = 0;

export async function main(): Promise<number> {
  for (const bundle of bundleCases) {
    const { minified, gzipped } = await measureBundle(bundle);
    const over = bundle.limit !== undefined && gzipped > bundle.limit;
    const limit = bundle.limit === undefined ? '' : `${bytes(bundle.limit)}`;
    rows.push([`${bundle.name}, minified and gzipped`, bytes(gzipped), limit, over ? 'TOO LARGE' : '']);
    rows.push([`${bundle.name}, minified`, bytes(minified), '', '']);
    if (over) tooMuch += 1;
  }

  const imports = await measureImports();
  addTime('import of the client, over an empty node', imports.client, CLIENT_IMPORT_MS, ' ms');
  addTime('import of the receiver, over an empty node', imports.receiver, RECEIVER_IMPORT_MS, ' ms');

  const { list, create } = await measureCalls();
  addCall('list (GET)', list);
  addCall('create (POST)', create);

  console.log(table(rows, [1, 2]));
  console.log('\nSizes are in bytes; times are medians of interleaved rounds, calls with a fetch in memory.');
  if (tooMuch > 0) console.error(`${tooMuch} of these must become smaller before a push.`);
  return tooMuch > 0 ? 1 : 0;
}

function addCall(name: string, { ours, bare, bareWithTimeout }: CallTimes): void {
  rows.push([`${name}, one call`, `${ours.toFixed(1)} µs`, '', '']);
  addTime(`${name}, over openapi-fetch alone`, ours / bare, CALL_RATIO, ' ×');
  addTime(`${name}, over openapi-fetch with a timeout`, ours / bareWithTimeout, 1, ' ×');
}

function addTime(name: string, measured: number, limit: number, unit: string): void {
  const remark = measured > limit ? 'over, on this machine' : '';
  rows.push([name, `${measured.toFixed(unit === ' ×' ? 2 : 1)}${unit}`, `${limit}${unit}`, remark]);
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} B`;
}
