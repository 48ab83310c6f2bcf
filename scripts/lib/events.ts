import {
  type Contract,
  ContractError,
  type Mark,
  type Marks,
  resolve,
  type Schema,
  type WebhookOperation,
} from './contract.js';

/** Where a statement about Dixa comes from. */
export type Evidence = 'documented' | Mark;

/** What the contract says about an event type. */
export interface EventType {
  readonly name: string;
  /** Its meaning, without a full stop. */
  readonly summary: string;
  readonly summaryEvidence: Evidence;
  /** Details, in full sentences. */
  readonly description: string | undefined;
  /** Where the name was first seen, unless it was on the page on which the contract is based. */
  readonly source: string | undefined;
  readonly fqn: string;
  readonly fqnEvidence: Evidence;
  readonly fqnDoubt: string | undefined;
  /** The name of the payload's schema. */
  readonly payload: string;
  /** The description of `data`, in full sentences. */
  readonly data: string | undefined;
  readonly payloadEvidence: Evidence;
  /** What Dixa's documentation of the payload leaves out, as a sentence. */
  readonly payloadGap: string | undefined;
}

const listName = 'WebhookEventType';
const envelope = '#/components/schemas/EventEnvelope';

/** The event types, in the order of `WebhookEventType`. Lint has checked that each has a webhook, with a summary and its own name. */
export function eventTypesOf(contract: Contract): EventType[] {
  const { enum: names = [] } = contract.components.schemas[listName] ?? {};
  return names.flatMap((name) => {
    const operation = contract.webhooks[name]?.post;
    return operation ? [eventType(contract, name, operation)] : [];
  });
}

function eventType(contract: Contract, name: string, operation: WebhookOperation): EventType {
  const { summary, 'x-event-fqn': fqn } = operation;
  const reference = operation.requestBody.content['application/json']?.schema ?? {};
  const payload = /^#\/components\/schemas\/(\w+)$/.exec(reference.$ref ?? '')?.[1];
  if (!payload) throw new ContractError(`webhooks.${name}: the payload must refer to a named schema.`);
  const { allOf = [], properties = {}, required, 'x-evidence': payloadMarks = {} } = resolve(contract, reference);
  const { data, ...others } = properties;
  const isWhole = allOf.length === 1 && allOf[0]?.$ref === envelope && required?.includes('data');
  if (!data || !isWhole || Object.keys(others).length > 0) {
    throw new ContractError(`webhooks.${name}: ${payload} must extend EventEnvelope with \`data\` and nothing else.`);
  }
  const marks = operation['x-evidence'] ?? {};
  return {
    name,
    summary,
    summaryEvidence: marks.meaning ?? 'documented',
    description: operation.description,
    source: marks.source,
    fqn,
    fqnEvidence: marks.eventFqn ?? 'documented',
    fqnDoubt: marks.note,
    payload,
    data: resolve(contract, data).description,
    payloadEvidence: payloadMarks.this ?? 'documented',
    payloadGap: payloadMarks.note,
  };
}

/** The meaning of an event type, in full sentences. */
export function meaningOf({ summary, summaryEvidence, source }: EventType): string {
  const marks = [
    summaryEvidence === 'documented' ? undefined : `Meaning ${summaryEvidence} from the name.`,
    source && whereFrom(source),
  ];
  return [`${summary}.`, ...marks].filter(Boolean).join(' ');
}

/** Says where a name was first seen. */
export const whereFrom = (source: string): string => `First seen in ${source}.`;

const payloadSentences: Record<Evidence, string> = {
  documented: 'Documented by Dixa.',
  observed: 'Observed, not documented.',
  inferred: 'Inferred, not documented.',
  unknown: 'Neither documented nor observed.',
};

/** The evidence for the payload of an event type, in full sentences. */
export function sourceOfPayload({ payloadEvidence, payloadGap }: EventType): string {
  return [payloadSentences[payloadEvidence], payloadGap].filter(Boolean).join(' ');
}

/** Copies what the webhooks say about each event type into the list of event types, for readers of the list alone. */
export function describeEventTypes(contract: Contract): Contract {
  const types = eventTypesOf(contract);
  const values = types.flatMap(({ name, source, summaryEvidence }) => {
    const marks: Marks = {
      ...(summaryEvidence !== 'documented' && { meaning: summaryEvidence }),
      ...(source !== undefined && { source }),
    };
    return Object.keys(marks).length > 0 ? [[name, marks] as const] : [];
  });
  const described: Schema = {
    ...contract.components.schemas[listName],
    'x-enumDescriptions': Object.fromEntries(types.map(({ name, summary }) => [name, `${summary}.`])),
    'x-evidence': { values: Object.fromEntries(values) },
  };
  const { components } = contract;
  return { ...contract, components: { ...components, schemas: { ...components.schemas, [listName]: described } } };
}
