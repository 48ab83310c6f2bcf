import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signPayload } from '../../src/receiver/index.js';
import { printAsDixa } from '../../src/shared/dixa-json.js';
import { type Program, start } from './program.js';

/** An example, and how it is reached. */
export interface Example {
  readonly file: string;
  /** What runs it, where it is no server itself. */
  readonly host?: 'fetch' | 'functions' | 'h3' | 'lambda' | 'queue' | 'sveltekit';
  /** Default: `/dixa`. */
  readonly path?: string;
  /** Whether it remembers what it handled. */
  readonly dedupes: boolean;
}

/** With which the tests sign. */
export const secret = '5c'.repeat(32);
const subscriptionId = '3f0d6f3e-8a52-4a8e-9a65-1e1f0c1d2b3a';
let lastCsid = 0;

/** The tests that every example passes, whatever it is made with. Within a `describe`. */
export function testExample(example: Example, moreEnv: () => Readonly<Record<string, string>> = () => ({})): void {
  let program: Program;
  beforeAll(async () => {
    const env = { DIXA_WEBHOOK_SECRET: secret, SUBSCRIPTION_ID: subscriptionId, ...moreEnv() };
    program = await start(example.file, env, example.host);
  });
  afterAll(() => program?.stop());
  testReceiver(() => program, example);
}

/** The same for a program that is started elsewhere, with the secret of these tests. */
export function testReceiver(program: () => Program, { path = '/dixa', dedupes }: Omit<Example, 'file'>): void {
  const send = (event: Event, changes?: Partial<Sent>) => post(program().url + path, event, changes);

  it('handles a genuine event', async () => {
    const event = created();
    expect(await send(event)).toEqual({ status: 200, text: '' });
    await program().printed(`created ${event.data.conversation.csid}`);
  });

  it('handles an event that is larger than 100 kB', async () => {
    const text = 'Tak for hjælpen 👍 '.repeat(10_000);
    const event = { ...created(), event_fqn: 'CONVERSATION_MESSAGE_ADDED', data: { text, attachments: [] } };
    expect(Buffer.byteLength(printAsDixa(event))).toBeGreaterThan(150_000);
    expect(await send(event)).toEqual({ status: 200, text: '' });
    await program().printed(`message ${text.length}`);
  });

  it('rejects a wrong or missing signature', async () => {
    const forged = created();
    expect(await send(forged, { secret: '5d'.repeat(32) })).toEqual({ status: 401, text: '' });
    expect(await send(forged, { signature: '' })).toEqual({ status: 400, text: '' });
    await fence();
    expect(timesPrinted(forged)).toBe(0);
  });

  it(dedupes ? 'handles copies once' : 'answers a copy like the first', async () => {
    const event = created();
    const answers = await Promise.all([send(event), send(event), send(event)]);
    expect([...answers, await send(event)].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await fence();
    expect(timesPrinted(event)).toBe(dedupes ? 1 : 4);
  });

  /** What it printed comes in order: once this is there, so is all before. */
  async function fence(): Promise<void> {
    const event = created();
    await send(event);
    await program().printed(`created ${event.data.conversation.csid}`);
  }

  function timesPrinted(event: ReturnType<typeof created>): number {
    const line = `created ${event.data.conversation.csid}`;
    return program()
      .output()
      .split('\n')
      .filter((printed) => printed === line).length;
  }
}

type Event = Readonly<Record<string, unknown>>;

interface Sent {
  readonly secret: string;
  readonly signature: string;
}

/** An event that no other test sends. */
export function created() {
  lastCsid += 1;
  return {
    event_id: randomUUID(),
    event_fqn: 'CONVERSATION_CREATED',
    event_version: '1',
    event_timestamp: '2026-01-01T00:00:00.000Z',
    organization: { id: randomUUID(), name: 'Example' },
    data: { conversation: { csid: lastCsid, subject: 'Blåbærgrød', assignee: null, tags: [] } },
  };
}

/** Sends an event as Dixa does. */
export async function post(url: string, event: Event, changes: Partial<Sent> = {}) {
  const body = printAsDixa(event);
  const signature = changes.signature ?? (await signPayload({ body, secret: changes.secret ?? secret }));
  const headers = {
    'Content-Type': 'application/json',
    'X-DIXA-SIGNATURE': signature,
    'X-DIXA-SUBSCRIPTION-ID': subscriptionId,
  };
  const reply = await fetch(url, { method: 'POST', headers, body });
  return { status: reply.status, text: await reply.text() };
}
