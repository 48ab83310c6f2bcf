/** A source that api.md cannot be made of. */
export class DeclarationError extends Error {
  override name = 'DeclarationError';
}
