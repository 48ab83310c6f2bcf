#!/usr/bin/env node
import { run } from './run.js';

const { env, stdin, stdout, stderr } = process;
const interrupt = new AbortController();

const stop = () => interrupt.abort();
process.once('SIGINT', stop);
for (const stream of [stdout, stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever read has seen enough, such as `head`. What the command does is done to its end.
    if (code === 'EPIPE') return;
    if (stream === stdout) stderr.write(`Standard output cannot be written: ${code}.\n`);
    process.exit(1);
  });
}

const code = await run(process.argv.slice(2), { env, stdin, stdout, stderr, signal: interrupt.signal });
process.off('SIGINT', stop);
// What was interrupted may still wait for something, and a module of `plan` may hold a timer or a connection.
// All is written first, and what cannot be written is reported.
stdout.write('', () => setImmediate(() => process.exit(code)));
