/** A misspelt format checks nothing and tells nobody. The formats that the contract uses are listed in redocly.yaml. */
export function knownFormat({ formats }) {
  return {
    Schema({ format }, { report, location }) {
      if (format === undefined || formats.includes(format)) return;
      report({
        message: `The format "${format}" is not among those of redocly.yaml: ${formats.join(', ')}.`,
        location: location.child('format'),
      });
    },
  };
}
