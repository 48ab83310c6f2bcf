import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { own, segments } from '../lib/json-pointer.js';
import { compare } from './compare.js';
import type { OpenApiDocument } from './document.js';
import { isLookedAt, placesOf } from './ledger-places.js';
import { plainSays } from './plain-text.js';
import { absent, type Says } from './says.js';
import { readYaml, type YamlSource } from './yaml-source.js';

export const ledgerFile = 'openapi/curation.yaml';
const schemaFile = 'openapi/curation.schema.json';

/** A place where the contract says something else than Dixa's document, as openapi/curation.schema.json describes it. */
export interface LedgerEntry {
  readonly id: string;
  readonly pointer: string | readonly string[];
  readonly upstream: Says;
  readonly contract: Says;
  readonly why: string;
  readonly evidence: 'documented' | 'observed' | 'inferred';
}

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** The line of openapi/curation.yaml in which an entry begins. */
  lineOf(entry: LedgerEntry): number;
}

/** What is wrong with the ledger: each problem with its place and what to do. */
export class LedgerError extends Error {
  override name = 'LedgerError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Reads the ledger, and holds it against its schema and the contract. */
export function readLedger(root: string, contract: OpenApiDocument): Ledger {
  const source = readSource(root);
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true });
  const validate = ajv.compile<LedgerEntry[]>(JSON.parse(readFileSync(join(root, schemaFile), 'utf8')));
  const written = source.value ?? [];
  if (!validate(written)) {
    throw new LedgerError((validate.errors ?? []).map((error) => describeError(error, source)));
  }
  const entries = written.map((entry) => ({
    ...entry,
    upstream: plainSays(entry.upstream),
    contract: plainSays(entry.contract),
  }));
  const reachable = compare(contract, contract).places;
  const problems = entries.flatMap((entry, index) => {
    const isTwin = entries.findIndex(({ id }) => id === entry.id) < index;
    const found = isTwin ? ['Another entry has this id. Give it one of its own.'] : [];
    found.push(...problemsOf(entry, contract, reachable));
    return found.map((problem) => `${whereIs(source, index)} ${problem}`);
  });
  if (problems.length > 0) throw new LedgerError(problems);
  return { entries, lineOf: (entry) => source.lineOf(`#/${entries.indexOf(entry)}`) };
}

function readSource(root: string): YamlSource {
  try {
    return readYaml(readFileSync(join(root, ledgerFile), 'utf8'));
  } catch (error) {
    throw new LedgerError([`${ledgerFile}: ${(error as Error).message}`]);
  }
}

function whereIs(source: YamlSource, index: number, rest = ''): string {
  const id = own(own(source.value, index), 'id');
  const name = typeof id === 'string' ? id : `entry ${index + 1}`;
  return `${ledgerFile}:${source.lineOf(`#/${index}${rest}`)} ${name}:`;
}

/** Says what a value should have been, in the words of the ledger's schema. */
function describeError({ instancePath, message, params, parentSchema }: ErrorObject, source: YamlSource): string {
  const [index, ...rest] = segments(instancePath);
  if (index === undefined) return `${ledgerFile} ${message}.`;
  const details = params.additionalProperty ?? params.allowedValues?.join(', ');
  const property = rest.length > 0 ? `\`${rest.join('/')}\` ` : '';
  const description = rest.length > 0 && parentSchema?.description ? ` ${parentSchema.description}` : '';
  const where = whereIs(source, Number(index), instancePath.slice(index.length + 1));
  return `${where} ${property}${message}${details ? `: ${details}` : ''}.${description}`;
}

function problemsOf(entry: LedgerEntry, contract: OpenApiDocument, reachable: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (entry.upstream === entry.contract)
    problems.push('Both sides say the same, which is no difference. Remove the entry.');
  for (const pointer of typeof entry.pointer === 'string' ? [entry.pointer] : entry.pointer) {
    const places = placesOf(contract, { ...entry, pointer });
    const advice = 'Write the pointer as `npm run drift` prints it.';
    if (places.length === 0) {
      const lacks = entry.contract === absent ? ', nor is there anything that could hold it' : '';
      problems.push(`${pointer} is not in the contract${lacks}. ${advice}`);
    } else if (!places.some((place) => isLookedAt(place, reachable))) {
      problems.push(`${pointer} is no place that drift compares. ${advice}`);
    }
  }
  return problems;
}
