/** Whether a value is a plain object, from any realm: not an array or an instance of a built-in class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
