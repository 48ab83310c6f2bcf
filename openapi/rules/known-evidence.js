const grades = ['observed', 'inferred', 'unknown'];
const graded = ['this', 'meaning', 'eventFqn', 'nullable'];
const texts = ['source', 'note'];

/**
 * Checks `x-evidence` marks, which `info.description` explains. Anything without a mark is documented, so a misspelt key or grade would
 * present a guess as documented.
 */
export function knownEvidence() {
  return {
    any: {
      enter(node, { report, location }) {
        if (typeof node !== 'object' || node === null) return;
        for (const key of Object.keys(node)) {
          if (!/^x-.*evidence/i.test(key) || key === 'x-evidence') continue;
          report({ message: `${key} is not a mark: use x-evidence.`, location: location.child(key).key() });
        }
        if (!('x-evidence' in node)) return;
        for (const [message, path] of faultsOf(node['x-evidence'], node.enum)) {
          report({ message, location: location.child(['x-evidence', ...path]) });
        }
      },
    },
  };
}

/** @param values the values of an enum, which may have their own marks */
function* faultsOf(evidence, values) {
  if (!isObject(evidence)) {
    yield [`x-evidence must be an object, such as { this: ${grades[0]} }.`, []];
    return;
  }
  const keys = [...graded, ...texts, ...(values ? ['values'] : [])];
  for (const [key, value] of Object.entries(evidence)) {
    if (!keys.includes(key)) yield [`x-evidence has no "${key}", only ${keys.join(', ')}.`, [key]];
    else if (key === 'values') yield* faultsOfValues(value, values);
    else if (graded.includes(key) && !grades.includes(value))
      yield [`"${value}" is none of ${grades.join(', ')}.`, [key]];
    else if (texts.includes(key) && typeof value !== 'string') yield [`${key} must be a string.`, [key]];
  }
}

function* faultsOfValues(marks, values) {
  if (!isObject(marks)) {
    yield ['values must be an object with a mark for each value.', ['values']];
    return;
  }
  for (const [value, mark] of Object.entries(marks)) {
    if (!values.includes(value)) yield [`"${value}" is not among the values of the enum.`, ['values', value]];
    for (const [message, path] of faultsOf(mark)) yield [message, ['values', value, ...path]];
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
