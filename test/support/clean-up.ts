import { afterEach, vi } from 'vitest';

// Files share a process: what a test stubs must not reach the next file.
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
