import type { OperationId } from '../../generated/operations.js';
import { requestBodies } from '../../generated/request-bodies.js';
import { isPlainObject } from '../shared/plain-object.js';
import { DixaInputError } from './errors.js';
import type { CallOptions } from './options.js';
import { type Rule, rules } from './rules.js';

/** Throws for a wrong field and the rule that it violates. The value is left out: it may be a secret. */
export type Refuse = (field: string, rule: string) => never;

/**
 * The required shape of a value:
 * - `'a string'`: this type; `'All or Any'`: one of these strings. A rule for the name of the value takes precedence.
 * - `[item, minItems]`: an array
 * - `{ name: … }`: an object with these properties and no others
 * - `{ '*': … }`: an object with any properties
 * - `{ _type: { Name: … } }`: one of these objects, with its name as `_type`
 */
export type Shape = string | readonly [item: Shape, minItems?: number] | Properties;

interface Properties {
  readonly [property: string]: Shape;
}

/** Whether a property with this value counts as omitted, and may be omitted. */
type MayOmit = (key: string, value: unknown) => boolean;

const callOptions = {
  signal: 'an object',
  timeoutMs: 'a number',
  maxRetries: 'a number',
  headers: { '*': 'a string' },
} satisfies Record<keyof CallOptions, Shape>;

export const refuseInput: Refuse = (field, rule) => {
  throw new DixaInputError(field, rule);
};

/** Names that have a rule. */
export type Checked = keyof typeof rules;

/** Refuses a value that violates the rule for its name. */
export function check(name: Checked, value: unknown, refuse: Refuse): void {
  checkShape('', value, refuse, name);
}

/** Checks a part of a body against the contract and returns it. */
export function checked<Part>(shape: Shape, part: Part): Part {
  checkShape(shape, part, refuseInput, '');
  return part;
}

/**
 * Refuses a body that violates the contract, or that omits a property in `alsoRequired`. Optional properties may be null:
 * a subscription that was read may contain null, and it can be sent back (inferred).
 */
export function checkBody(
  operationId: OperationId,
  body: unknown,
  name = 'body',
  alsoRequired: readonly string[] = [],
): void {
  const bodies: Partial<Record<OperationId, { readonly shape: Shape; readonly required: readonly string[] }>> =
    requestBodies;
  const { shape, required = [] } = bodies[operationId] ?? {};
  const isRequired = (key: string) => required.includes(key) || alsoRequired.includes(key);
  if (shape) checkShape(shape, body, refuseInput, name, '', (key, value) => value == null && !isRequired(key));
}

/** Refuses unknown or wrong options of a call. Null means no options. */
export function checkCallOptions(options: unknown): void {
  checkOptions(callOptions, options ?? {}, refuseInput, 'options');
}

/** Refuses unknown or wrong options. `path` is the path to nested options. */
export function checkOptions(shape: Shape, options: unknown, refuse: Refuse, name: string, path = ''): void {
  checkShape(shape, options, refuse, name, path, (_, value) => value === undefined);
}

/**
 * Refuses a value that does not have the shape, at its first wrong field. `name` is the name of the argument or property;
 * `path` is its path within the argument.
 */
function checkShape(
  shape: Shape,
  value: unknown,
  refuse: Refuse,
  name: string,
  path = '',
  mayOmit: MayOmit = () => false,
): void {
  const field = path || name;
  if (typeof shape === 'string') {
    const [rule, fits] = (rules as Partial<Record<string, Rule>>)[name] ?? typeRule(shape);
    if (!fits(value)) refuse(field, rule);
  } else if (Array.isArray(shape)) {
    const [item, minItems = 0] = shape as readonly [Shape, number?];
    if (!Array.isArray(value)) refuse(field, 'must be an array');
    if (value.length < minItems) refuse(field, 'must not be empty');
    for (const [index, each] of value.entries()) checkShape(item, each, refuse, name, `${field}[${index}]`);
  } else if (!isPlainObject(value)) {
    refuse(field, 'must be a plain object');
  } else {
    checkProperties(shape as Properties, value, refuse, path, mayOmit);
  }
}

function checkProperties(
  shape: Properties,
  value: Readonly<Record<string, unknown>>,
  refuse: Refuse,
  path: string,
  mayOmit: MayOmit,
) {
  const { '*': any, _type: types } = shape;
  if (typeof types === 'object') {
    const { _type, ...others } = value;
    checkShape(Object.keys(types).join(' or '), _type, refuse, '_type', at(path, '_type'));
    return checkProperties((types as Properties)[_type as string] as Properties, others, refuse, path, mayOmit);
  }
  if (any) {
    for (const [key, item] of Object.entries(value)) {
      // A map of strings contains headers. A map of objects becomes JSON, which drops undefined values.
      if (item !== undefined || any === 'a string') checkShape(any, item, refuse, 'header', at(path, key));
    }
    return;
  }
  const known = Object.keys(shape);
  const unknown = Object.keys(value).filter((key) => !known.includes(key) && value[key] !== undefined);
  if (unknown.length) refuse(at(path, unknown[0] ?? ''), adviceFor(unknown, known));
  for (const key of known) {
    const item = value[key];
    if (!mayOmit(key, item)) checkShape(shape[key] as Shape, item, refuse, key, at(path, key));
  }
}

/** The rule for a type or a list of strings. */
function typeRule(shape: string): Rule {
  const isType = shape.startsWith('a ');
  return [
    `must be ${shape}`,
    (value) => shape.split(' or ').includes(isType ? `a ${typeof value}` : (value as string)),
  ];
}

/** Suggests the property that was probably meant, or lists all of them. */
function adviceFor([unknown = '', ...others]: readonly string[], known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase();
  const near = known.find((name) => plain(unknown).includes(plain(name)) || plain(name).includes(plain(unknown)));
  const like = others.map((name) => at('', name)).join(', ');
  const fix = near && !like ? `use ${near}` : `pass only ${known.join(', ') || '_type'}`;
  return `cannot be set${like && ` (nor ${like})`}: ${fix}`;
}

/** The path of a property. Unusual names are not shown, because they may be misplaced secrets. */
function at(path: string, key: string): string {
  return `${path && `${path}.`}${/^[\w-]+$/.test(key) ? key : '?'}`;
}
