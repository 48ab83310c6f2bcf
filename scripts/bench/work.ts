/** What a child measures: what to do again and again, and how many operations that is. */
export interface Work {
  readonly run: () => unknown;
  readonly operations?: number;
}

/** Imports a package that this one is compared with. It is untyped: the type checker runs where it is not installed. */
// biome-ignore lint/suspicious/noExplicitAny: its use is proven at run time, before anything is measured.
export const peer = (name: string): Promise<any> => import(name);
