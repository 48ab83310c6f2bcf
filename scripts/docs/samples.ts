import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contract, ContractError, type Operation, operationsOf, resolve } from '../lib/contract.js';
import type { EventType } from '../lib/events.js';
import ts from '../lib/typescript.cjs';

/** How to make the calls of an operation. */
export interface OperationSamples {
  /** With the client: a file of docs/samples. */
  readonly program: string;
  readonly curl: string;
}

export async function operationSamples(root: string, contract: Contract): Promise<Record<string, OperationSamples>> {
  const samples: Record<string, OperationSamples> = {};
  for (const { path, method, operation } of operationsOf(contract)) {
    const file = `docs/samples/${operation.operationId}.ts`;
    const program = await readFile(join(root, file), 'utf8').catch(() => {
      throw new ContractError(`${operation.operationId} has no sample: write ${file}.`);
    });
    samples[operation.operationId] = {
      program: program.trimEnd(),
      curl: curlSample(contract, path, method, operation),
    };
  }
  return samples;
}

/** The call as a command for a POSIX shell, with the contract's examples. The API key comes from the environment. */
function curlSample(contract: Contract, path: string, method: string, { requestBody }: Operation): string {
  const [server] = contract.servers;
  const base = (server?.url ?? '').replaceAll(/\{(\w+)\}/g, (_, name) => `${server?.variables?.[name]?.default}`);
  const url = base + path.replaceAll(/\{(\w+)\}/g, (_, name) => parameterExample(contract, path, name));
  const lines = [
    `curl --fail-with-body${method === 'get' ? '' : ` --request ${method.toUpperCase()}`} ${url}`,
    '--header "Authorization: $DIXA_API_KEY"',
  ];
  const [example] = Object.values(requestBody?.content['application/json']?.examples ?? {});
  if (example) {
    const body = JSON.stringify(resolve(contract, example).value, null, 2);
    lines.push("--header 'Content-Type: application/json'", `--data '${body.replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}

function parameterExample(contract: Contract, path: string, name: string): string {
  const parameters = contract.paths[path]?.parameters ?? [];
  const parameter = parameters.map((each) => resolve(contract, each)).find((each) => each.name === name);
  if (parameter?.example === undefined) throw new ContractError(`${path}: the parameter ${name} has no example.`);
  return encodeURIComponent(parameter.example);
}

/** What a sample handler reads from `event.data` and prints, by the name of the payload's schema. Short, because the column is narrow. */
const handlers: Readonly<Record<string, readonly [fields: string, printed: string]>> = {
  ConversationPayload: ['conversation', 'conversation?.csid, conversation?.status'],
  ConversationAbandonedPayload: ['conversation, queue', 'conversation?.csid, queue?.name'],
  ConversationEnqueuedPayload: ['conversation', 'conversation?.csid, conversation?.queue?.name'],
  ConversationPendingExpiredPayload: ['conversation, pendingByUser', 'conversation?.csid, pendingByUser?.email'],
  ConversationMessageAddedPayload: ['conversation, author, text', 'conversation?.csid, author?.name, text'],
  ConversationNoteAddedPayload: ['conversation, author, text', 'conversation?.csid, author?.name, text'],
  ConversationRatedPayload: ['conversation, score, comment', 'conversation?.csid, score, comment'],
  ConversationTagAddedPayload: ['conversation, tag', 'conversation?.csid, tag'],
  ConversationTagRemovedPayload: ['conversation, tag', 'conversation?.csid, tag'],
  PresumedConversationPayload: ['conversation', 'event.event_id, conversation?.csid'],
  UnknownPayload: ['', 'event.event_id, event.data'],
};

/** A handler for an event type. */
export function handlerSample({ name, payload }: Pick<EventType, 'name' | 'payload'>): string {
  const handler = handlers[payload];
  if (!handler) throw new ContractError(`${payload} has no sample handler: add one to scripts/docs/samples.ts.`);
  const [fields, printed] = handler;
  const taken = fields && `  const { ${fields} } = event.data;\n`;
  return `receiver.on('${name}', (event) => {\n${taken}  console.log(${printed});\n});`;
}

/** A program that can be run: a receiver with this handler. */
const receiverWith = (handler: string): string => `import { createServer } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

// The secretKey of the subscription.
const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';
const receiver = createReceiver({ secret });

${handler}

createServer(toNodeListener(receiver)).listen(3000);
`;

/** A receiver for all events. */
export const receiverSample = receiverWith(`receiver.onAny((event) => {
  console.log(event.type, event.event_id);
});`);

/** A receiver for one event type. */
export const eventSample = (type: Pick<EventType, 'name' | 'payload'>): string => receiverWith(handlerSample(type));

/** A sample within a text. Like the samples next to an operation, it is highlighted, can be copied, and scrolls if it is wide. */
export function sampleBlock(code: string): string {
  return `<figure class="sample"><button type="button" class="copy">Copy</button><pre tabindex="0" aria-label="Sample"><code>${isCommand(code) ? asHtml(code) : highlight(code)}</code></pre></figure>`;
}

const isCommand = (code: string) => /^np[mx] /.test(code);

const { SyntaxKind } = ts;

/**
 * Highlights TypeScript as HTML. The result is one line, because a blank line would end the HTML in Markdown. White space is never alone
 * between two tags, where Redoc would drop it.
 */
export function highlight(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, code);
  let html = '';
  let space = '';
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const text = space + asHtml(scanner.getTokenText());
    space = kind === SyntaxKind.WhitespaceTrivia || kind === SyntaxKind.NewLineTrivia ? text : '';
    if (space) continue;
    const isProperty = code[scanner.getTokenStart() - 1] === '.';
    const colour = colourOf(kind, code[scanner.getTokenEnd()], isProperty);
    html += colour ? `<span class="code-${colour}">${text}</span>` : text;
  }
  return html;
}

/** The class names follow those of Redoc's own samples. docs/page.css has the rules. */
function colourOf(kind: ts.SyntaxKind, next: string | undefined, isProperty: boolean): string | undefined {
  // A property may have the name of a keyword: event.type, dixa.delete().
  if (kind === SyntaxKind.Identifier || isProperty) return next === '(' ? 'function' : undefined;
  if (kind === SyntaxKind.SingleLineCommentTrivia || kind === SyntaxKind.MultiLineCommentTrivia) return 'comment';
  if (kind === SyntaxKind.StringLiteral || kind === SyntaxKind.NoSubstitutionTemplateLiteral) return 'string';
  if (kind === SyntaxKind.NumericLiteral) return 'number';
  return kind >= SyntaxKind.FirstKeyword && kind <= SyntaxKind.LastKeyword ? 'keyword' : undefined;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br>' };

const asHtml = (text: string): string => text.replaceAll(/[&<>\n]/g, (character) => entities[character] ?? character);
