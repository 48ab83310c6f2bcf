import { type Contract, ContractError, operationsOf, type WebhookOperation } from '../lib/contract.js';
import { type EventType, eventTypesOf, whereFrom } from '../lib/events.js';
import { markdownTable } from '../lib/table.js';
import { mark, markEvidence, markTable } from './evidence.js';
import { eventSample, type OperationSamples, receiverSample, sampleBlock } from './samples.js';
import { readableSchemas, withoutNulls } from './schemas.js';

/** What the page shows in addition to the contract. */
export interface PageTexts {
  readonly packageVersion: string;
  /** The first section, with `{names}` for what is filled in. */
  readonly introduction: string;
  /** How to verify a delivery without a receiver. */
  readonly verify: string;
  /** How to test a receiver. */
  readonly test: string;
  /** The text of docs/reference.md. */
  readonly reference: string;
  /** The table of the commands. */
  readonly commands: string;
  /** By operationId. */
  readonly samples: Readonly<Record<string, OperationSamples>>;
}

/** The contract as the page shows it: with the texts of this project, and extensions put into words. */
export function pageDocument(contract: Contract, texts: PageTexts): Contract {
  const types = eventTypesOf(contract);
  const { info, paths, tags, webhooks, components } = markEvidence(contract);
  const { summary: _, ...rest } = info;
  for (const { operation } of operationsOf({ paths })) {
    const { program, curl } = texts.samples[operation.operationId] ?? {};
    if (program) operation.description = `${operation.description}\n\n${sampleBlock(program)}`;
    if (curl) Object.assign(operation, { 'x-codeSamples': [{ lang: 'bash', label: 'curl', source: curl }] });
  }
  return {
    ...contract,
    info: {
      ...rest,
      title: 'dixa-webhooks',
      version: texts.packageVersion,
      description: introduction(contract, types, texts),
    },
    tags: tags.map((tag) =>
      tag.name === 'Events' ? { ...tag, description: `${tag.description} ${eventsIntroduction(types)}` } : tag,
    ),
    paths,
    webhooks: Object.fromEntries(
      types.flatMap((type) => {
        const { post } = webhooks[type.name] ?? {};
        return post ? [[type.name, { post: eventPage(post, type) }]] : [];
      }),
    ),
    components: { ...components, schemas: readableSchemas(contract, components.schemas) },
  };
}

function introduction(contract: Contract, types: readonly EventType[], texts: PageTexts): string {
  const values: Record<string, string> = {
    operationCount: `${[...operationsOf(contract)].length}`,
    eventCount: `${types.length}`,
    compared: contract.info.version,
    marks: markTable(),
    command: sampleBlock(commandSample),
    install: sampleBlock('npm install dixa-webhooks'),
    verify: sampleBlock(texts.verify.trimEnd()),
    test: sampleBlock(texts.test.trimEnd()),
    commands: texts.commands,
    reference: sectionsOf(texts.reference),
    contract: keptFrom(contract.info.description),
  };
  return texts.introduction.replaceAll(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

const commandSample = `npx dixa-webhooks sandbox --forward-to http://localhost:3000
npx dixa-webhooks trigger ConversationRated --to http://localhost:3000 --bad
npx dixa-webhooks status
npx dixa-webhooks plan subscriptions.mjs`;

/** The sections of a document, with its code as samples and without links to files that the page is not beside. */
function sectionsOf(markdown: string): string {
  const [, ...sections] = markdown.replace(/^<!-- .* -->\n/gm, '').split(/^(?=## )/m);
  return sections
    .join('')
    .replace(/^```\w+\n([\s\S]*?)^```$/gm, (_, code: string) => sampleBlock(code.trimEnd()))
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
}

/** The paragraphs of the contract's own description that the page shows; the others explain its extensions. */
function keptFrom(description: string): string {
  const paragraphs = description.split('\n\n');
  const kept = ['**Requests are closed, responses are open.**', '**Secrets.**'].map((start) => {
    const paragraph = paragraphs.find((each) => each.startsWith(start));
    if (!paragraph) throw new ContractError(`info.description has no paragraph that starts with ${start}`);
    return paragraph;
  });
  return kept.join('\n\n');
}

/** How to receive events, and a table of all events with links to their pages. */
function eventsIntroduction(types: readonly EventType[]): string {
  const rows = types.map(({ name, summary, summaryEvidence, payloadEvidence }) => {
    const meaning = summaryEvidence === 'documented' ? `${summary}.` : `${mark(summaryEvidence)} ${summary}.`;
    return [`[${name}](#/events/${name.toLowerCase()})<br>${meaning}`, mark(payloadEvidence)];
  });
  return [
    'A receiver verifies each delivery before using it, and creates the response:',
    sampleBlock(receiverSample),
    markdownTable([['event', 'payload'], ...rows]).trimEnd(),
  ].join('\n\n');
}

/** The page of an event: its name, its meaning, the evidence for its parts, and a handler. */
function eventPage(operation: WebhookOperation, type: EventType): WebhookOperation {
  const { name, summary, source, fqn, fqnDoubt, payloadGap } = type;
  const parts = [
    ['fact', '[how sure](#/section/how-sure-it-is)'],
    ['its meaning', mark(type.summaryEvidence)],
    [sentences(`\`event_fqn\` is \`${fqn}\`${fqnDoubt ? '.' : ''}`, fqnDoubt), mark(type.fqnEvidence)],
    [sentences(`the content of \`data\`${payloadGap ? '.' : ''}`, payloadGap), mark(type.payloadEvidence)],
  ];
  const description = [
    sentences(`${summary}.`, source && whereFrom(source), type.description),
    markdownTable(parts).trimEnd(),
    sampleBlock(eventSample(type)),
  ];
  // Show the event's own example, not that of another event with the same payload.
  const content = Object.entries(operation.requestBody.content).map(([mediaType, body]) => {
    const [own] = Object.values(body.examples ?? {});
    return [
      mediaType,
      { ...body, schema: { type: 'object', allOf: [body.schema], example: withoutNulls(own?.value) } },
    ];
  });
  return {
    ...operation,
    summary: name,
    description: description.join('\n\n'),
    requestBody: { ...operation.requestBody, content: Object.fromEntries(content) },
  };
}

const sentences = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');
