const checks = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
};

/** A default is documentation that nothing else checks: it must have the schema's type and be one of its values. */
export function defaultFitsSchema() {
  return {
    Schema(schema, { report, location }) {
      if (!('default' in schema)) return;
      const fault = faultOf(schema);
      if (fault)
        report({
          message: `The default ${JSON.stringify(schema.default)} ${fault}.`,
          location: location.child('default'),
        });
    },
  };
}

function faultOf({ type, enum: values, const: constant, default: value }) {
  const types = [type ?? []].flat();
  if (types.length > 0 && !types.some((name) => checks[name]?.(value))) return `is not of type ${types.join(' or ')}`;
  if (values && !values.includes(value)) return 'is not among the values of its enum';
  if (constant !== undefined && constant !== value) return 'is not the constant';
  return undefined;
}
