/** The mock server, the documentation and the tests use the examples. Unlike `requireAny`, this rule refuses an empty `examples`. */
export function mediaTypeHasExample() {
  return {
    MediaType({ example, examples }, { report }) {
      if (example === undefined && Object.keys(examples ?? {}).length === 0) {
        report({ message: 'A media type needs an `example`, or at least one in `examples`.' });
      }
    },
  };
}
