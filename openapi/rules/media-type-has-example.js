/** Mock server, documentation and tests live on examples. An empty `examples` is none, which `requireAny` would let through. */
export function mediaTypeHasExample() {
  return {
    MediaType({ example, examples }, { report }) {
      if (example === undefined && Object.keys(examples ?? {}).length === 0) {
        report({ message: 'A media type needs an `example`, or at least one in `examples`.' });
      }
    },
  };
}
