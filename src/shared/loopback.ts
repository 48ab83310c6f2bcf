const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** Whether the `hostname` of a URL is a loopback address. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}
