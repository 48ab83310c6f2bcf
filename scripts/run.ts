// Runs a command: `node --import tsx scripts/run.ts generate --check` calls `main(['--check'])` of scripts/generate/index.ts, and
// `check/size` that of scripts/check/size.ts.
const [command = '', ...args] = process.argv.slice(2);
const { main } = await import(`./${command.includes('/') ? command : `${command}/index`}.js`);
process.exitCode = await main(args);
