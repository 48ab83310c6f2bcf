import { type Contract, ContractError, type Operation, operationsOf } from '../lib/contract.js';
import { type EventType, eventTypesOf } from '../lib/events.js';
import { eventPage, eventTable } from './event-page.js';
import { markEvidence, markTable } from './evidence.js';
import type { CodeSample } from './samples.js';
import { receiverSample, sampleBlock } from './samples.js';
import { readableSchemas } from './schemas.js';

/** What the page holds beside the contract. */
export interface PageTexts {
  /** The first section, with `{names}` for what is filled in. */
  readonly introduction: string;
  /** How to verify a delivery without a receiver. */
  readonly verify: string;
  /** By operationId. */
  readonly samples: Readonly<Record<string, readonly CodeSample[]>>;
}

/** The paragraphs of the contract's own description that the page shows; the others explain its extensions. */
const keptParagraphs = ['**What is sent is closed, what is read is open.**', '**Secrets.**'];

/** The contract as the page shows it: with what this project adds, and its extensions told in words. */
export function pageDocument(contract: Contract, texts: PageTexts): Contract {
  const types = eventTypesOf(contract);
  const { info, paths, tags, webhooks, components } = markEvidence(contract);
  const { summary: _, ...rest } = info;
  return {
    ...contract,
    info: { ...rest, title: 'dixa-webhooks', description: introduction(contract, types, texts) },
    tags: tags.map((tag) =>
      tag.name === 'Events' ? { ...tag, description: eventsIntroduction(tag.description, types) } : tag,
    ),
    paths: withSamples(paths, texts.samples),
    webhooks: Object.fromEntries(
      types.map((type) => [type.name, { post: eventPage(webhookOf(webhooks, type), type) }]),
    ),
    components: { ...components, schemas: readableSchemas(contract, components.schemas) },
  };
}

function introduction(contract: Contract, types: readonly EventType[], texts: PageTexts): string {
  const values: Record<string, string> = {
    operationCount: `${[...operationsOf(contract)].length}`,
    eventCount: `${types.length}`,
    version: contract.info.version,
    marks: markTable(),
    install: sampleBlock('npm install dixa-webhooks'),
    verify: sampleBlock(texts.verify.trimEnd()),
    contract: keptFrom(contract.info.description),
  };
  return texts.introduction.replaceAll(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

function keptFrom(description: string): string {
  const paragraphs = description.split('\n\n');
  return keptParagraphs
    .map((start) => {
      const paragraph = paragraphs.find((each) => each.startsWith(start));
      if (!paragraph) throw new ContractError(`info.description has no paragraph that begins with ${start}`);
      return paragraph;
    })
    .join('\n\n');
}

function eventsIntroduction(description: string, types: readonly EventType[]): string {
  return [
    `${description} A receiver verifies each delivery before it uses it, and answers by itself:`,
    sampleBlock(receiverSample),
    eventTable(types),
  ].join('\n\n');
}

function withSamples(paths: Contract['paths'], samples: PageTexts['samples']): Contract['paths'] {
  const copy = structuredClone(paths);
  for (const { operation } of operationsOf({ paths: copy })) {
    Object.assign(operation satisfies Operation, { 'x-codeSamples': samples[operation.operationId] });
  }
  return copy;
}

function webhookOf(webhooks: Contract['webhooks'], { name }: EventType) {
  const operation = webhooks[name]?.post;
  if (!operation) throw new ContractError(`webhooks: there is no entry for ${name}.`);
  return operation;
}
