const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', 'dependentSchemas'];
const singles = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'if',
  'then',
  'else',
];
const narrowing = ['type', 'enum', 'const', 'not', ...lists, ...maps, ...singles];

/**
 * Every schema in a request body must be closed: an object allows no other properties or is a map of one type, and every schema has a
 * type. Otherwise a misspelt property would pass, and how Dixa treats it is not documented.
 */
export function sentIsClosed() {
  const seen = new Set();
  return {
    Paths: {
      RequestBody: {
        MediaType({ schema }, { report, resolve, location }) {
          walk(schema, location.child('schema'), { report, resolve, seen });
        },
      },
    },
  };
}

function walk(node, at, context) {
  if (node === undefined || node === false) return;
  const { schema, location } = target(node, at, context.resolve);
  // Another rule reports references that cannot be resolved.
  if (schema === undefined || context.seen.has(location.absolutePointer)) return;
  context.seen.add(location.absolutePointer);

  const fault = faultOf(schema);
  if (fault) context.report({ message: fault, location });
  for (const [child, path] of children(schema)) walk(child, location.child(path), context);
}

function target(node, at, resolve) {
  if (typeof node?.$ref !== 'string') return { schema: node, location: at };
  const resolved = resolve(node, at.source.absoluteRef);
  return { schema: resolved.node, location: resolved.location };
}

function* children(schema) {
  for (const key of lists) for (const [index, child] of (schema[key] ?? []).entries()) yield [child, [key, index]];
  for (const key of maps) for (const [name, child] of Object.entries(schema[key] ?? {})) yield [child, [key, name]];
  // `additionalProperties: true` is reported with its object, by name.
  for (const key of singles) if (schema[key] !== true) yield [schema[key], [key]];
}

function faultOf(schema) {
  if (schema === true || !narrowing.some((key) => key in schema))
    return 'A schema in a request must not accept every value: give it a type.';
  if ([schema.type].flat().includes('array') && !(schema.items ?? schema.prefixItems))
    return 'A list in a request must declare the type of its `items`.';
  if (!isObject(schema) || schema.additionalProperties === false) return undefined;
  if (typeof schema.additionalProperties === 'object') return undefined;
  return 'An object in a request must be closed: add `additionalProperties: false`, or declare the type of its other properties.';
}

function isObject({ type, properties, patternProperties, required, additionalProperties }) {
  return (
    [type].flat().includes('object') || Boolean(properties ?? patternProperties ?? required ?? additionalProperties)
  );
}
