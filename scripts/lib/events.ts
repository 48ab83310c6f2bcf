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

/** What the contract says of an event type. */
export interface EventType {
  readonly name: string;
  /** What it means, without a full stop. */
  readonly summary: string;
  readonly summaryEvidence: Evidence;
  /** More about it, in sentences. */
  readonly description: string | undefined;
  /** Where the name is from, if it is not on the page that the contract started from. */
  readonly source: string | undefined;
  readonly fqn: string;
  readonly fqnEvidence: Evidence;
  readonly fqnDoubt: string | undefined;
  /** The name of the schema of its payload. */
  readonly payload: string;
  /** What its `data` is, in sentences. */
  readonly data: string | undefined;
  readonly payloadEvidence: Evidence;
  /** What the documentation of the payload leaves out, in a sentence. */
  readonly payloadGap: string | undefined;
}

const listName = 'WebhookEventType';
const envelope = '#/components/schemas/EventEnvelope';

/** The event types, in the order of the list of them. */
export function eventTypesOf(contract: Contract): EventType[] {
  return listOf(contract).enum.map((name) => {
    const operation = contract.webhooks[name]?.post;
    if (!operation) throw new ContractError(`webhooks: there is no entry for ${name}.`);
    return eventType(contract, name, operation);
  });
}

function eventType(contract: Contract, name: string, operation: WebhookOperation): EventType {
  const { summary, 'x-event-fqn': fqn } = operation;
  if (!summary) throw new ContractError(`webhooks.${name}: its summary must say what it means.`);
  // The receiver has no table of these names: it finds the event type by this comparison.
  if (normalized(fqn ?? '') !== normalized(name)) {
    throw new ContractError(
      `webhooks.${name}: ${fqn} is another name than ${name}, so the receiver would not know it.`,
    );
  }
  const reference = operation.requestBody.content['application/json']?.schema ?? {};
  const payload = /^#\/components\/schemas\/(\w+)$/.exec(reference.$ref ?? '')?.[1];
  if (!payload) throw new ContractError(`webhooks.${name}: its payload must be a schema that has a name.`);
  const { allOf = [], properties = {}, required, 'x-evidence': payloadMarks = {} } = resolve(contract, reference);
  const { data, ...others } = properties;
  const isWhole = allOf.length === 1 && allOf[0]?.$ref === envelope && required?.includes('data');
  if (!data || !isWhole || Object.keys(others).length > 0) {
    throw new ContractError(`webhooks.${name}: ${payload} must be the EventEnvelope with \`data\` and nothing else.`);
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

/** What an event type means, in sentences. */
export function meaningOf({ summary, summaryEvidence, source }: EventType): string {
  const marks = [
    summaryEvidence === 'documented' ? undefined : `The meaning is ${summaryEvidence} from the name.`,
    source && whereFrom(source),
  ];
  return [`${summary}.`, ...marks].filter(Boolean).join(' ');
}

/** Where a name is from that is not on the page that the contract started from. */
export const whereFrom = (source: string): string => `First seen in ${source}.`;

const payloadSentences: Record<Evidence, string> = {
  documented: 'Dixa documents the payload.',
  observed: 'The payload was observed; Dixa does not document it.',
  inferred: 'The payload is inferred; Dixa does not document it.',
  unknown: 'What `data` holds is not known.',
};

/** How sure the payload of an event type is, in sentences. */
export function sourceOfPayload({ payloadEvidence, payloadGap }: EventType): string {
  return [payloadSentences[payloadEvidence], payloadGap].filter(Boolean).join(' ');
}

/**
 * Gives the list of event types what the webhooks say of them. So it stands in the contract once, and is there for whoever reads only the
 * list.
 */
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
    ...listOf(contract),
    'x-enumDescriptions': Object.fromEntries(types.map(({ name, summary }) => [name, `${summary}.`])),
    'x-evidence': { values: Object.fromEntries(values) },
  };
  const { components } = contract;
  return { ...contract, components: { ...components, schemas: { ...components.schemas, [listName]: described } } };
}

/** Compares as the receiver does: `END_USER` and `ENDUSER` are the same. */
const normalized = (name: string): string => name.replaceAll('_', '').toLowerCase();

function listOf(contract: Contract): Schema & { enum: string[] } {
  const schema = contract.components.schemas[listName];
  if (!schema?.enum) {
    throw new ContractError(`components.schemas.${listName} must be an enum: the list of event types is made from it.`);
  }
  return { ...schema, enum: schema.enum };
}
