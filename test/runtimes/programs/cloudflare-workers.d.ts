declare module 'cloudflare:workers' {
  /** What the host of the worker hands over. */
  export const env: { readonly urls: import('../hosts/worker-checks.js').WorkerUrls };
}
