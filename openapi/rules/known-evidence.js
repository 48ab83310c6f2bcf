const marks = ['observed', 'inferred', 'unknown'];

/** A misspelt mark would pass a guess off as documented. What is documented carries no mark. */
export function knownEvidence() {
  return {
    any: {
      enter(node, { report, location }) {
        for (const [key, value] of Object.entries(node ?? {})) {
          if (!/^x-.*evidence$/i.test(key)) continue;
          for (const mark of typeof value === 'object' ? Object.values(value ?? {}) : [value]) {
            if (marks.includes(mark)) continue;
            report({ message: `${key}: "${mark}" is none of ${marks.join(', ')}.`, location: location.child(key) });
          }
        }
      },
    },
  };
}
