import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectRoot } from './project.js';
import { validatedBodies } from './validated-bodies.js';

const contract = JSON.parse(await readFile(join(projectRoot, 'generated/openapi.json'), 'utf8'));

/** Validates with the original contract, without the changes that the generator makes before compiling. */
const ajv = new Ajv2020({
  strict: false,
  formats: {
    uuid: (text) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text),
    'date-time': (text) => /T.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
    int32: { type: 'number', validate: (number: number) => number === (number | 0) },
  },
});
ajv.addSchema(contract, 'contract');

/** Every object, list and value within a value. */
const nodesIn = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(nodesIn)] : [value];

interface Change {
  /** Which object, and which of its properties. */
  readonly at: readonly [number, number];
  readonly how: 'add' | 'replace' | 'remove';
  readonly key: string;
  readonly value: unknown;
}

const examples = validatedBodies.flatMap(({ examples }) => examples.map(({ value }) => value));
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.tuple(fc.nat(), fc.nat()),
    how: fc.constantFrom('add', 'replace', 'remove'),
    key: fc.oneof(fc.string(), fc.constantFrom('_type', 'name', 'filters', 'events')),
    // Much of it is right somewhere else.
    value: fc.oneof(fc.constantFrom(...examples.flatMap(nodesIn)), fc.jsonValue({ maxDepth: 1 })),
  }),
  { minLength: 1, maxLength: 2 },
);

/** Responses share schemas. */
const distinct = [...new Map(validatedBodies.map((body) => [body.validate, body])).values()];

test.each(distinct)('a changed $name passes its validator exactly if it matches the contract', (body) => {
  const fitsContract = ajv.compile({ $ref: `contract#${schemaPointer(body.place)}` });
  const count = { fits: 0, fails: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...body.examples), changes, ({ value }, changes) => {
      const holder = { body: structuredClone(value) };
      for (const change of changes) apply(change, holder);
      const fits = body.validate(holder.body);
      count[fits ? 'fits' : 'fails']++;
      return fits === fitsContract(holder.body);
    }),
    { seed: 20261130, numRuns: 500 },
  );
  expect(Math.min(count.fits, count.fails)).toBeGreaterThan(25);
});

/** Changes an object or list, or something within it. */
function apply({ at: [which, property], how, key, value }: Change, holder: object): void {
  const objects = nodesIn(holder).filter((node) => typeof node === 'object' && node !== null);
  const target = objects[which % objects.length] as Record<string, unknown>;
  const keys = Object.keys(target);
  const chosen = keys[property % keys.length] ?? key;
  if (how === 'replace' || target === holder) target[chosen] = structuredClone(value);
  else if (how === 'add') target[Array.isArray(target) ? keys.length : key] = structuredClone(value);
  else if (Array.isArray(target)) target.splice(Number(chosen), 1);
  else delete target[chosen];
}

/** The place of the schema of a request or response, which may be a reference. */
function schemaPointer(place: readonly string[]): string {
  const { $ref } = place.reduce((node, step) => node[step], contract);
  const pointer = $ref?.slice(1) ?? `/${place.map((step) => step.replaceAll('/', '~1')).join('/')}`;
  return `${pointer}/content/application~1json/schema`.replaceAll(/[{}]/g, encodeURIComponent);
}
