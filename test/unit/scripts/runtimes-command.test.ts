import { describe, expect, it } from 'vitest';
import { main } from '../../runtimes/index.js';
import { runMain } from '../../support/run-main.js';

describe('npm run test:runtimes', () => {
  it.each([
    [['--only', 'netscape'], 'There is no runtime called netscape.'],
    [['--onyl', 'deno'], "Unknown option '--onyl'"],
    [['--write', '--only', 'deno'], 'leave --only out'],
  ])('refuses %j, and says what there is', async (args, why) => {
    const { status, stdout, stderr } = await runMain(main, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/^Runtimes: node-20, .*\bdeno\b.*\bchromium$/m);
  });
});
