// Runs a command: `node --import tsx/esm scripts/run.ts generate --check` calls `main(['--check'])` of scripts/generate/index.ts, and
// `check/sizes` calls that of scripts/check/sizes.ts.
const [command = '', ...args] = process.argv.slice(2);
const { main } = await import(`./${command.includes('/') ? command : `${command}/index`}.js`);
process.exitCode = await main(args);
