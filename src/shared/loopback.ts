const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** Whether a host, as `URL` gives it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}
