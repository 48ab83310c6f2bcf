import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { own, segments } from '../lib/json-pointer.js';
import { compare } from './compare.js';
import { type OpenApiDocument, readYaml, UnreadableError } from './document.js';
import { absent, plain } from './findings.js';
import { isLookedAt, type LedgerEntry, ledgerFile, placesOf } from './ledger.js';

/** Reads the ledger and checks it against its schema and the contract. Each problem has a place and says what to do. */
export function readLedger(root: string, contract: OpenApiDocument) {
  const { value, lineOf } = readYaml(root, ledgerFile);
  const written = value ?? [];
  const where = (index: number, pointer: string) => {
    const id = own(own(written, index), 'id');
    return `${ledgerFile}:${lineOf(pointer)} ${typeof id === 'string' ? id : `entry ${index + 1}`}:`;
  };
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true });
  const schema = readFileSync(join(root, 'openapi/curation.schema.json'), 'utf8');
  const validate = ajv.compile<LedgerEntry[]>(JSON.parse(schema));
  if (!validate(written)) {
    const problems = (validate.errors ?? []).map((error) => {
      const [index] = segments(error.instancePath);
      const place = index === undefined ? ledgerFile : where(Number(index), `#${error.instancePath}`);
      return `${place} ${describe(error)}`;
    });
    throw new UnreadableError(problems.join('\n'));
  }
  const entries = written.map((one) => ({ ...one, upstream: plain(one.upstream), contract: plain(one.contract) }));
  const { places } = compare(contract, contract);
  const problems = entries.flatMap((entry, index) => {
    const isTwin = entries.findIndex(({ id }) => id === entry.id) < index;
    const found = isTwin ? ['Another entry has the same id. Change one of them.'] : [];
    found.push(...problemsOf(entry, contract, places));
    return found.map((problem) => `${where(index, `#/${index}`)} ${problem}`);
  });
  if (problems.length > 0) throw new UnreadableError(problems.join('\n'));
  return { entries, lineOf: (entry: LedgerEntry) => lineOf(`#/${entries.findIndex(({ id }) => id === entry.id)}`) };
}

/** Describes a schema error with the description from the ledger's schema. */
function describe({ instancePath, message, params, parentSchema }: ErrorObject): string {
  const [, ...path] = segments(instancePath);
  const details = params.additionalProperty ?? params.allowedValues?.join(', ');
  const problem = `${message}${details ? `: ${details}` : ''}.`;
  return path.length > 0 ? `\`${path.join('/')}\` ${problem} ${parentSchema?.description}` : problem;
}

function problemsOf(entry: LedgerEntry, contract: OpenApiDocument, compared: ReadonlySet<string>): string[] {
  const advice = 'Write the pointer as `npm run drift` prints it.';
  const problems = [entry.pointer].flat().flatMap((pointer) => {
    const places = placesOf(contract, { ...entry, pointer });
    const lacks = entry.contract === absent ? ', and neither is anything that could contain it' : '';
    if (places.length === 0) return [`${pointer} is not in the contract${lacks}. ${advice}`];
    if (places.some((place) => isLookedAt(place, compared))) return [];
    return [`${pointer} is not a place that drift compares. ${advice}`];
  });
  if (entry.upstream !== entry.contract) return problems;
  return ['Both sides say the same, so there is no difference. Remove the entry.', ...problems];
}
