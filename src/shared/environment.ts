/** Reads an environment variable. Browsers have none, and Deno throws without permission to read it: then undefined. */
export function environment(name: string): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  } catch {
    return undefined;
  }
}
