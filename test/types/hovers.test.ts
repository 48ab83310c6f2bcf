import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { webhookEventTypes } from '../../generated/event-types.js';
import { programOf } from '../../scripts/lib/compile.js';
import { exportsOf } from '../../scripts/lib/exports.js';
import { root } from '../../scripts/lib/package.js';
import ts from '../../scripts/lib/typescript.cjs';

const consumer = join(root, 'test/types/consumer.ts');
const entry = join(root, 'src/receiver/index.ts');
const types = [...exportsOf(entry, programOf(new Map(), { root, files: [entry] }))]
  .filter(([, { flags }]) => !(flags & ts.SymbolFlags.Value))
  .map(([name]) => name);

/** What is pointed at, each on a line of its own that ends there. */
const expressions = [
  'event',
  'event.organization',
  'event.data',
  'event.data.score',
  'event.data.agent',
  'event.data.conversation',
  'event.data.conversation?.requester',
  'event.data.conversation?.assignee',
  'event.data.conversation?.queue',
  'event.data.conversation?.tags',
];
const source = `
import type {
  ${types.join('\n  , ')}
} from 'dixa-webhooks/receiver';
import { createReceiver } from 'dixa-webhooks/receiver';
const receiver = createReceiver({ secret: 'ab'.repeat(32) });
receiver.on('ConversationRated', (event) => {
  ${expressions.join('\n  ; ')}
});
receiver.on('ConversationMessageAdded', ({ data }) => {
  data.content
});
receiver.on(['ConversationClosed', 'ConversationAbandoned'], (several) => {
  several.data
});
receiver.onUnknown((unknown) => {
  unknown
});
receiver.onAny((any) => {
  any
  if (any.type === 'Unknown') return;
  any.data
});
${webhookEventTypes.map((type) => `receiver.on('${type}', (each${type}) => {\n  each${type}.data\n});`).join('\n')}
`;

const program = programOf(new Map([[consumer, source]]), { root });
const editor = ts.createLanguageService({
  readFile: ts.sys.readFile,
  fileExists: ts.sys.fileExists,
  getCompilationSettings: () => program.getCompilerOptions(),
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [consumer],
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => {
    const text = file === consumer ? source : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
});

/** What an editor shows where a line with this code ends, and the documentation below it. */
function hover(code: string): { type: string; text: string } {
  const start = source.indexOf(` ${code}\n`);
  const info = editor.getQuickInfoAtPosition(consumer, start + code.length);
  if (start < 0 || !info) throw new Error(`There is nothing to show at ${code}.`);
  return { type: ts.displayPartsToString(info.displayParts), text: ts.displayPartsToString(info.documentation) };
}

describe('on hover, an editor shows', () => {
  it.each([
    ['event', '(parameter) event: ConversationRatedEvent'],
    ['event.organization', '(property) organization: Organization'],
    ['event.data', '(property) ConversationRatedEvent.data: ConversationRatedData'],
    ['event.data.score', '(property) score?: number | undefined'],
    ['event.data.agent', '(property) agent?: User | undefined'],
    ['event.data.conversation', '(property) conversation?: Conversation | undefined'],
    ['event.data.conversation?.requester', '(property) requester?: User | undefined'],
    ['event.data.conversation?.assignee', '(property) assignee?: User | null | undefined'],
    ['event.data.conversation?.queue', '(property) queue?: Queue | null | undefined'],
    ['event.data.conversation?.tags', '(property) tags?: Tag[] | undefined'],
    ['data.content', '(property) content?: MessageContent | undefined'],
    ['several.data', '(property) data: ConversationAbandonedData | ConversationData'],
    ['unknown', '(parameter) unknown: UnknownWebhookEvent'],
    ['UnknownWebhookEvent', 'interface UnknownWebhookEvent'],
  ])('the names of types: %s', (code, shown) => {
    expect(hover(code).type).toContain(shown);
  });

  it('the evidence for the payload', () => {
    expect(hover('event.data').text).toContain('Observed, not documented.');
    expect(hover('ConversationRatedData').text).toBe(hover('event.data').text);
  });

  it('no path into the contract, for any event or exported type', () => {
    const each = webhookEventTypes.map((type) => `each${type}.data`);
    for (const code of [...types, ...expressions, ...each, 'any', 'any.data']) {
      expect(hover(code).type, code).not.toMatch(/components|Schemas/);
    }
  });

  it('the exported type of data for each event', () => {
    for (const type of webhookEventTypes) {
      const [, name] = /^\(property\) \w+\.data: (\w+)$/.exec(hover(`each${type}.data`).type) ?? [];
      expect(types, type).toContain(name);
    }
  });
});
