import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventSample, handlerSample, receiverSample } from '../../scripts/docs/samples.js';
import { compileTexts } from '../../scripts/lib/compile.js';
import { eventTypesOf } from '../../scripts/lib/events.js';
import { root } from '../../scripts/lib/package.js';
import { createReceiver, signPayload } from '../../src/receiver/index.js';
import { readContract } from './contract.js';

const contract = readContract();
const types = eventTypesOf(contract);

/** The body that the contract shows for an event. */
const exampleOf = (name: string): string => {
  const { examples } = contract.webhooks[name]?.post.requestBody.content['application/json'] ?? {};
  return JSON.stringify(examples?.example?.value);
};

describe('the samples of the events', () => {
  it('are programs that compile', () => {
    const files = [
      ['anyEvent', receiverSample] as const,
      ...types.map((type) => [type.name, eventSample(type)] as const),
    ].map(([name, sample]): [string, string] => [join(root, `docs/samples/${name}.ts`), sample]);
    expect(compileTexts(new Map(files), { root, options: { types: ['node'] } })).toEqual([]);
  });

  it.each(types)('$name is handled, and something of it is printed', async (type) => {
    const secret = 'ab'.repeat(32);
    const receiver = createReceiver({ secret });
    const log = vi.fn();
    new Function('receiver', 'console', handlerSample(type))(receiver, { log });

    const body = exampleOf(type.name);
    const headers = { 'X-DIXA-SIGNATURE': await signPayload({ body, secret }) };
    const { outcome, event } = await receiver.receive({ body, headers });

    expect(outcome).toBe('handled');
    expect(event?.type).toBe(type.name);
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]).not.toContain(undefined);
  });

  it('are asked for where a payload has none', () => {
    expect(() => handlerSample({ name: 'ConversationSnoozed', payload: 'ConversationSnoozedPayload' })).toThrow(
      'ConversationSnoozedPayload has no handler on the page: write one in scripts/docs/handler-samples.ts.',
    );
  });
});

describe('the sample that verifies a delivery', () => {
  const secret = 'cd'.repeat(32);
  const body = exampleOf('ConversationRated');

  it('is a program that compiles, in short lines', async () => {
    const file = join(root, 'docs/samples/verifySignature.ts');
    const source = await readFile(file, 'utf8');
    expect(compileTexts(new Map([[file, source]]), { root, options: { types: ['node'] } })).toEqual([]);
    expect(source.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });

  it('gives the event of a signed delivery, and refuses any other', async () => {
    vi.stubEnv('DIXA_WEBHOOK_SECRET', secret);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { eventOf } = await import(/* @vite-ignore */ join(root, 'docs/samples/verifySignature.ts'));
    const headers = { 'X-DIXA-SIGNATURE': await signPayload({ body, secret }) };
    const delivery = (text: string) =>
      new Request('https://hooks.example.com/dixa', { method: 'POST', headers, body: text });

    await expect(eventOf(delivery(body))).resolves.toMatchObject({ type: 'ConversationRated' });
    await expect(eventOf(delivery(`${body} `))).rejects.toMatchObject({ reason: 'signature-mismatch' });
  });
});
