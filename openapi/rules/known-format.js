/** A misspelt format is ignored silently. redocly.yaml lists the formats that the contract uses. */
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
