import ts from 'typescript';
import { expect, it } from 'vitest';

/** How many types the compiler instantiates for a program. */
function instantiations(source: string): number {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    skipLibCheck: true,
  };
  const name = `${import.meta.dirname}/consumer.ts`;
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  // Not in the published types; `tsc --extendedDiagnostics` prints it.
  const program = ts.createProgram([name], options, host) as ts.Program & { getInstantiationCount(): number };
  const [consumer] = program.getSourceFiles().filter(({ fileName }) => fileName === name);
  expect(program.getSemanticDiagnostics(consumer).map(({ messageText }) => messageText)).toEqual([]);
  return program.getInstantiationCount();
}

it('the union of the events costs the compiler few instantiations', () => {
  const receiver = (use: string) => `
    import { createReceiver } from '../../src/receiver/index.js';
    const receiver = createReceiver({ secret: 'ab'.repeat(32) });
    ${use}`;
  const without = instantiations(receiver(''));
  const withAll = instantiations(
    receiver(`
      receiver.onAny((event) => {
        if (event.type === 'ConversationRated') console.log(event.data.score);
        else if (event.type === 'Unknown') console.log(event.event_fqn);
        else console.log(event.data);
      });
      receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid));
      receiver.on(['ConversationClosed', 'ConversationAbandoned'], (event) => console.log(event.type));`),
  );
  expect(withAll - without).toBeGreaterThan(0);
  expect(withAll - without).toBeLessThan(400);
});
