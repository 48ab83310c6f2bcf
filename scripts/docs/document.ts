import { type Contract, ContractError, operationsOf, type Schema, type WebhookOperation } from '../lib/contract.js';
import { type EventType, eventTypesOf, whereFrom } from '../lib/events.js';
import { markdownTable } from '../lib/table.js';
import { mark, markEvidence, markTable } from './evidence.js';
import { curlSample, handlerSample } from './samples.js';

/** What the page shows in addition to the contract. */
export interface PageTexts {
  readonly packageVersion: string;
  /** The first section, with `{names}` for what is filled in. */
  readonly introduction: string;
  /** The text of docs/reference.md. */
  readonly reference: string;
  /** The table of the commands. */
  readonly commands: string;
  /** The programs of docs/samples by name. Those of operations are named by operationId. */
  readonly programs: Readonly<Record<string, string>>;
}

/** The contract as the page shows it: with the texts of this project, and extensions put into words. */
export function pageDocument(contract: Contract, texts: PageTexts): Contract {
  const types = eventTypesOf(contract);
  const { info, paths, tags, webhooks, components } = markEvidence(contract);
  const { summary: _, ...rest } = info;
  for (const { path, method, operation } of operationsOf({ paths })) {
    operation.description = `${operation.description}\n\n${programBlock(texts, operation.operationId)}`;
    const source = curlSample(contract, path, method, operation);
    Object.assign(operation, { 'x-codeSamples': [{ lang: 'bash', label: 'curl', source }] });
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
      tag.name === 'Events' ? { ...tag, description: `${tag.description} ${eventsIntroduction(types, texts)}` } : tag,
    ),
    paths,
    webhooks: Object.fromEntries(
      types.flatMap((type) => {
        const { post } = webhooks[type.name] ?? {};
        return post ? [[type.name, { post: eventPage(post, type) }]] : [];
      }),
    ),
    components: { ...components, schemas: sortedSchemas(components.schemas) },
  };
}

function introduction(contract: Contract, types: readonly EventType[], texts: PageTexts): string {
  const values: Record<string, string> = {
    operationCount: `${[...operationsOf(contract)].length}`,
    eventCount: `${types.length}`,
    compared: contract.info.version,
    marks: markTable(),
    verify: programBlock(texts, 'verifySignature'),
    test: programBlock(texts, 'testReceiver'),
    commands: texts.commands,
    reference: sectionsOf(texts.reference),
  };
  return texts.introduction.replaceAll(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

const codeBlock = (code: string): string => `\`\`\`ts\n${code.trimEnd()}\n\`\`\``;

function programBlock({ programs }: PageTexts, name: string): string {
  const program = programs[name];
  if (program === undefined) throw new ContractError(`${name} has no sample: write docs/samples/${name}.ts.`);
  return codeBlock(program);
}

/** The sections of a document, without relative links, which do not work on the page. */
function sectionsOf(markdown: string): string {
  const [, ...sections] = markdown.replace(/^<!-- .* -->\n/gm, '').split(/^(?=## )/m);
  return sections.join('').replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
}

/** How to receive events, and a table of all events with links to their pages. */
function eventsIntroduction(types: readonly EventType[], texts: PageTexts): string {
  const rows = types.map(({ name, summary, summaryEvidence, payloadEvidence }) => {
    const meaning = summaryEvidence === 'documented' ? `${summary}.` : `${mark(summaryEvidence)} ${summary}.`;
    return [`[${name}](#/events/${name.toLowerCase()})<br>${meaning}`, mark(payloadEvidence)];
  });
  return [
    'A receiver verifies each delivery before using it, and creates the response:',
    programBlock(texts, 'receiveEvents'),
    markdownTable([['event', 'payload'], ...rows]).trimEnd(),
  ].join('\n\n');
}

/** The page of an event: its name, its meaning, the evidence for its parts, and a handler. */
function eventPage(operation: WebhookOperation, type: EventType): WebhookOperation {
  const { name, summary, source, fqn, fqnDoubt, payloadGap } = type;
  const [example] = Object.values(operation.requestBody.content['application/json']?.examples ?? {});
  const parts = [
    ['fact', '[how sure](#/section/how-sure-it-is)'],
    ['its meaning', mark(type.summaryEvidence)],
    [sentences(`\`event_fqn\` is \`${fqn}\`${fqnDoubt ? '.' : ''}`, fqnDoubt), mark(type.fqnEvidence)],
    [sentences(`the content of \`data\`${payloadGap ? '.' : ''}`, payloadGap), mark(type.payloadEvidence)],
  ];
  const description = [
    sentences(`${summary}.`, source && whereFrom(source), type.description),
    markdownTable(parts).trimEnd(),
    codeBlock(handlerSample(type, example?.value)),
    'To run it, add it to [the receiver](#/events).',
  ];
  return { ...operation, summary: name, description: description.join('\n\n') };
}

/** The schemas by name. Redoc lists a schema under its tags: those with a tag that does not exist are not listed. */
function sortedSchemas(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const inOrder = Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return Object.fromEntries(
    inOrder.map(([name, schema]) => [
      name,
      isLookedUp(name, schema) ? schema : { ...schema, 'x-tags': ['Not listed'] },
    ]),
  );
}

/** Whether readers may look up a schema by name. They don't for payloads, responses and simple values, which are shown where they are used. */
function isLookedUp(name: string, { properties, oneOf, additionalProperties, enum: values }: Schema): boolean {
  if (/(?:Payload|Data|Response)$/.test(name)) return false;
  return [properties, oneOf, additionalProperties, values].some((each) => each !== undefined);
}

const sentences = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');
