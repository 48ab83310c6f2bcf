import { own } from '../lib/json-pointer.js';

/** `Allowed values: [All, Any]`, `Possible values are [All, Any]`, `One of [All, Any]`; not `Example values: [All]`. */
const valueLists =
  /(?<!\b(?:default|examples?|sample)\s{0,9})\b(?:values?|one of)(?:\s{1,9}(?:are|is|can be|may be|must be|include))?\s{0,9}[:=]?\s{0,9}\[([^[\]]*)\]/gi;

/** What Dixa says only in a description: the values of every list in it. */
export function valuesInProse(node: unknown): string[] | undefined {
  const values = [...descriptionOf(node).matchAll(valueLists)]
    .flatMap(([, list = '']) => list.split(','))
    .map((value) => value.trim().replace(/^(["'`])(.*)\1$/, '$2'))
    .filter((value) => value !== '');
  return values.length > 0 ? values : undefined;
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
