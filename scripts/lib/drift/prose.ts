import { own } from '../json-pointer.js';

/** What Dixa says only in a description, such as `Allowed values: [All, Any]`. */
export function valuesInProse(node: unknown): string[] | undefined {
  const list = /(?<!\b(?:example|sample)\s)\bvalues?:?\s{0,9}\[([^[\]]*)\]/i.exec(descriptionOf(node))?.[1];
  const values = list?.split(',').map((value) => value.trim().replace(/^(["'`])(.*)\1$/, '$2'));
  return values?.some((value) => value !== '') ? values.filter((value) => value !== '') : undefined;
}

/** What Dixa says only in a description, such as ``Default is `true` ``. */
export function defaultInProse(node: unknown): unknown {
  const text = /\bdefaults?(?: value)?(?: is| to|:)\s{1,9}`([^`]+)`/i.exec(descriptionOf(node))?.[1];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function descriptionOf(node: unknown): string {
  const description = own(node, 'description');
  return typeof description === 'string' ? description : '';
}
