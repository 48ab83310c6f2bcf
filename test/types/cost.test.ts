import { join } from 'node:path';
import type ts from 'typescript';
import { expect, it } from 'vitest';
import { programOf } from '../../scripts/lib/compile.js';
import { root } from '../../scripts/lib/package.js';

/** How many types the compiler instantiates for a program. */
function instantiations(source: string): number {
  const name = join(root, 'test/types/consumer.ts');
  // Not in the published types; `tsc --extendedDiagnostics` prints it.
  const program = programOf(new Map([[name, source]]), { root }) as ts.Program & { getInstantiationCount(): number };
  const messages = program.getSemanticDiagnostics(program.getSourceFile(name)).map(({ messageText }) => messageText);
  expect(messages).toEqual([]);
  return program.getInstantiationCount();
}

it('the union of the events costs the compiler few instantiations', () => {
  const receiver = (use: string) => `
    import { createReceiver } from 'dixa-webhooks/receiver';
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
