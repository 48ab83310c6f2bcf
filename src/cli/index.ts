#!/usr/bin/env node
import { run } from './run.js';

const { env, stdin, stdout, stderr } = process;
const interrupt = new AbortController();

const stop = () => interrupt.abort();
process.once('SIGINT', stop);
for (const stream of [stdout, stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // The reader, such as `head`, has closed the pipe. The command still finishes its work.
    if (code === 'EPIPE') return;
    if (stream === stdout) stderr.write(`Cannot write to standard output: ${code}.\n`);
    process.exit(1);
  });
}

const code = await run(process.argv.slice(2), { env, stdin, stdout, stderr, signal: interrupt.signal });
process.off('SIGINT', stop);
// Exits explicitly: an interrupted command may still be waiting, and a module of `plan` may hold a timer or a connection.
// The empty write lets all output be written first, and its errors be reported.
stdout.write('', () => setImmediate(() => process.exit(code)));
