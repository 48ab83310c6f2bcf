import type { Level } from './finding.js';

/** What a change that redocly has no rule for means to those who speak with Dixa by the contract. */
export interface Verdict {
  readonly level: Level;
  readonly what: string;
}

interface Rule {
  readonly path: RegExp;
  /** What of the node was changed; without it the whole node came or went. */
  readonly properties?: readonly string[];
  judge(was: unknown, is: unknown, property: string): Verdict;
}

const major = (what: string): Verdict => ({ level: 'major', what });
const minor = (what: string): Verdict => ({ level: 'minor', what });
const fromTo = (was: unknown, is: unknown) => `was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`;

const serverVariable = /^#\/servers\/\d+\/variables\/[^/]+$/;
const partOfDelivery = /^#\/webhooks\/[^/]+\/[^/]+\/(?:parameters\/\d+|requestBody)$/;
const anywhere = /^/;

/** The first that fits holds. */
const rules: readonly Rule[] = [
  {
    path: serverVariable,
    properties: ['enum'],
    judge(was, is) {
      const [old, fresh] = [was, is].map((value) => (Array.isArray(value) ? value : undefined));
      const gone = fresh ? (old?.filter((value) => !fresh.includes(value)) ?? ['any other value']) : [];
      return gone.length > 0 ? major(`can no longer be ${gone.join(', ')}`) : minor('can be more than before');
    },
  },
  {
    path: serverVariable,
    properties: ['default'],
    judge: (was, is) => major(`${fromTo(was, is)} by default: who does not choose reaches another server`),
  },
  {
    path: partOfDelivery,
    properties: ['required'],
    judge: (_, is) => (is === true ? minor('always comes with a delivery') : major('may now lack in a delivery')),
  },
  {
    path: partOfDelivery,
    judge: (_, is) => (is === undefined ? major('no longer comes with a delivery') : minor('comes with a delivery')),
  },
  {
    path: /\/requestBody$/,
    properties: ['required'],
    judge: (_, is) => (is === true ? major('is now required') : minor('may now be left out')),
  },
  {
    path: anywhere,
    properties: ['deprecated'],
    judge: (_, is) => (is === true ? minor('is deprecated') : { level: 'patch', what: 'is no longer deprecated' }),
  },
  {
    path: anywhere,
    properties: ['default'],
    // A default that nobody has told of before may have held all along.
    judge: (was, is) =>
      was === undefined
        ? minor(`is ${JSON.stringify(is)} by default`)
        : major(`${fromTo(was, is)} by default: who leaves it out gets something else`),
  },
  {
    path: anywhere,
    properties: ['x-event-fqn'],
    judge: (was, is) =>
      was === undefined ? minor(`has the signed name ${is}`) : major(`${fromTo(was, is)}: the name that is signed`),
  },
  {
    path: /\/discriminator$/,
    properties: ['propertyName'],
    judge: (was, is) => major(`tells its members apart by another property: ${fromTo(was, is)}`),
  },
  {
    path: anywhere,
    properties: ['additionalProperties', 'unevaluatedProperties'],
    judge: (_, is) =>
      is === false ? major('holds nothing but what is listed') : minor('may hold more than is listed'),
  },
  {
    path: anywhere,
    properties: ['readOnly', 'writeOnly'],
    judge: (_, is, property) => (is === true ? major(`is now ${property}`) : minor(`is no longer ${property}`)),
  },
  {
    // Of these redocly knows what breaks.
    path: anywhere,
    properties: [
      'const',
      'enum',
      'exclusiveMaximum',
      'exclusiveMinimum',
      'format',
      'maximum',
      'maxItems',
      'maxLength',
      'maxProperties',
      'minimum',
      'minItems',
      'minLength',
      'minProperties',
      'multipleOf',
      'pattern',
      'required',
      'type',
      'uniqueItems',
    ],
    judge: (_, __, property) => minor(`\`${property}\` was changed in a way that asks nothing more of anybody`),
  },
];

export function judge(path: string, property: string | undefined, was: unknown, is: unknown): Verdict | undefined {
  const rule = rules.find(
    ({ path: place, properties }) =>
      place.test(path) && (property === undefined ? !properties : properties?.includes(property)),
  );
  return rule?.judge(was, is, property ?? '');
}
