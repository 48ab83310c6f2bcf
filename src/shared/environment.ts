/** The value of an environment variable. Browsers have none, and Deno throws if the permission to read it is missing. */
export function environment(name: string): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  } catch {
    return undefined;
  }
}
