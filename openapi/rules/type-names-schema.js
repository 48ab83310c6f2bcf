const tag = '_type';
const inComponent = /^#\/components\/schemas\/([^/]+)(?:\/allOf\/\d+)*$/;

/**
 * Dixa distinguishes the members of a union by `_type`, the member's name. If it equals the schema's name, no `mapping` is needed, which
 * some validators do not support.
 */
export function typeNamesSchema() {
  return {
    Schema(schema, context) {
      checkName(schema, context);
      if (schema.discriminator?.propertyName === tag) checkUnion(schema, context);
    },
  };
}

function checkName(schema, { report, location, resolve }) {
  const constant = constantOf(schema, resolve, location);
  if (constant === undefined) return;
  const name = inComponent.exec(location.pointer)?.[1];
  if (name === constant) return;
  const message = name
    ? `The ${tag} of ${name} is "${constant}": it must be the schema's name.`
    : `A schema whose ${tag} is "${constant}" must be in components.schemas, under that name.`;
  report({ message, location: location.child(['properties', tag]) });
}

function checkUnion({ discriminator, oneOf = [] }, { report, location, resolve }) {
  if (discriminator.mapping) {
    report({ message: `A union by ${tag} needs no mapping.`, location: location.child(['discriminator', 'mapping']) });
  }
  for (const [index, member] of oneOf.entries()) {
    const { node: schema, location: at } = resolve(member, location.source.absoluteRef);
    const parts = [schema, ...(schema?.allOf ?? []).map((part) => resolve(part, at.source.absoluteRef).node)];
    const named = parts.some((part) => constantOf(part, resolve, at) !== undefined);
    if (named && parts.some((part) => part?.required?.includes(tag))) continue;
    report({
      message: `Each member of a union by ${tag} must require ${tag}, with its name as a const.`,
      location: location.child(['oneOf', index]),
    });
  }
}

function constantOf(schema, resolve, at) {
  const property = schema?.properties?.[tag];
  return property && resolve(property, at.source.absoluteRef).node?.const;
}
