const secretNames = new Set(['secretKey', 'Authorization', 'password', 'value', 'payload']);

/** Every text in the examples of a document that is a secret, or a payload. */
export function secretsIn(document: unknown): string[] {
  const found = new Set<string>();
  const visit = (node: unknown, name = '') => {
    if (typeof node === 'string' && secretNames.has(name)) found.add(node);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) visit(child, key);
  };
  visit(document);
  if (found.size < 4) throw new Error('The contract has no examples with secrets any more: this would test nothing.');
  return [...found];
}
