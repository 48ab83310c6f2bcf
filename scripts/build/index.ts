import { BuildError, build } from './build.js';

export async function main(): Promise<number> {
  const start = performance.now();
  try {
    const { javascript, declarations } = await build();
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(`Built dist/ in ${time}: ${javascript.join(', ')}, and ${declarations.length} declaration files.`);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`${error.message}\n\nNothing was built; dist/ is unchanged.`);
    return 1;
  }
}
