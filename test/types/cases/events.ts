import type { components } from '../../../generated/openapi.js';
import type {
  Conversation,
  ConversationRatedEvent,
  EventEnvelope,
  MessageContent,
  Organization,
  Queue,
  Tag,
  UnknownWebhookEvent,
  User,
  WebhookEvent,
  WebhookEvents,
  WebhookEventType,
} from '../../../src/receiver/index.js';

/** Compiles where the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_proof: Same<A, B>): void {}

export function oneIsPicked(rated: WebhookEvent<'ConversationRated'>) {
  same<typeof rated, ConversationRatedEvent>(true);
  same<typeof rated.type, 'ConversationRated'>(true);
  same<keyof WebhookEvents, WebhookEventType>(true);
  same<WebhookEvent['type'], WebhookEventType>(true);
  const score: number | undefined = rated.data.score;
  // @ts-expect-error does not satisfy the constraint
  return score as unknown as WebhookEvent<'ConversationRatd'>;
}

export function theNamedTypesAreThoseOfTheContract() {
  type Schemas = components['schemas'];
  same<EventEnvelope, Schemas['EventEnvelope']>(true);
  same<WebhookEvent['data'], Schemas[keyof Schemas & `${string}Payload`]['data']>(true);
  same<ConversationRatedEvent['data'], Schemas['ConversationRatedPayload']['data']>(true);
  // @ts-expect-error not assignable to parameter of type 'false'
  same<ConversationRatedEvent['data'], Schemas['ConversationPayload']['data']>(true);
}

export function whatAnEventHoldsFitsARecord({ data, organization }: WebhookEvent<'ConversationRated'>) {
  const records: Record<string, unknown>[] = [data, organization];
  return [...records, data.conversation ?? {}];
}

export function theUnionNarrowsOnType(event: WebhookEvent | UnknownWebhookEvent) {
  // @ts-expect-error is of type 'unknown'
  event.data.conversation;
  switch (event.type) {
    case 'ConversationRated':
      return event.data.comment?.trim();
    case 'ConversationTagAdded':
    case 'ConversationTagRemoved':
      // @ts-expect-error Property 'score' does not exist on type
      event.data.score;
      return event.data.tag?.toLowerCase();
    case 'ConversationMessageAdded':
      return event.data.content?.original_content_url;
    case 'ConversationPendingExpired':
      return event.data.pendingByUser?.email;
    case 'Unknown':
      same<typeof event, UnknownWebhookEvent>(true);
      return event.event_fqn;
    // @ts-expect-error Type '"ConversationRatd"' is not comparable to type
    case 'ConversationRatd':
      return undefined;
    default:
      // What is left still has its envelope.
      return event.organization.name;
  }
}

export function severalNarrowToo(event: WebhookEvent<'ConversationClosed' | 'ConversationAbandoned'>) {
  const id: number | undefined = event.data.conversation?.csid;
  // @ts-expect-error Property 'queue' does not exist on type
  event.data.queue;
  return event.type === 'ConversationAbandoned' ? event.data.queue?.name : id;
}

export function everyEventTypeIsHandled(event: WebhookEvent): event is never {
  if (event.type === 'ConversationCreated') return false;
  // @ts-expect-error is not assignable to type 'never'
  const rest: never = event;
  return rest;
}

export function allButTheEnvelopeIsOptional({ data, ...envelope }: WebhookEvent<'ConversationCreated'>) {
  same<EventEnvelope['event_id'], string>(true);
  same<EventEnvelope['organization'], Organization>(true);
  // @ts-expect-error 'data.conversation' is possibly 'undefined'
  data.conversation.csid;
  // @ts-expect-error 'data.conversation.tags' is possibly 'undefined'
  data.conversation?.tags.length;
  return `${envelope.event_timestamp} ${envelope.organization.name}`;
}

export function nullIsWhereItWasObserved(conversation: Conversation, user: User, tag: Tag, content: MessageContent) {
  same<Required<Conversation>['queue'], Queue | null>(true);
  same<Required<Conversation>['assignee'], User | null>(true);
  same<Required<Conversation>['requester'], User>(true);
  same<Required<Queue>['name'], string | null>(true);
  const texts: (string | null | undefined)[] = [
    conversation.subject,
    conversation.contact_point,
    user.name,
    user.email,
    user.phone,
    content.content_type,
  ];
  // @ts-expect-error 'user.name' is possibly 'null' or 'undefined'
  user.name.length;
  // @ts-expect-error 'conversation.queue' is possibly 'null' or 'undefined'
  conversation.queue.id;
  const name: string | undefined = tag.name;
  return [...texts, name];
}

export function listsOfKnownValuesAreOpen(conversation: Conversation) {
  const { channel, status = 'OPEN' } = conversation;
  if (channel === 'EMAIL' || channel === 'A_NEW_CHANNEL') return channel;
  const text: string = status;
  return text;
}

export function fieldsThatNobodyKnowsAreUnknown(event: WebhookEvent<'TypingStarted' | 'SLAEvaluationBreached'>) {
  same<typeof event.data, { [key: string]: unknown }>(true);
  const agent: unknown = event.data.agent;
  // @ts-expect-error is of type 'unknown'
  event.data.agent.name;
  return agent;
}

export function whatIsPresumedIsTypedBesideThem({ data }: WebhookEvent<'ConversationAssigned'>) {
  const csid: number | undefined = data.conversation?.csid;
  const assignedBy: unknown = data.assigned_by;
  return [csid, assignedBy];
}

export function aTypoInAKnownPayloadIsFoundByName({ data }: WebhookEvent<'ConversationRated'>) {
  // @ts-expect-error Property 'scor' does not exist on type 'ConversationRatedData'. Did you mean 'score'?
  data.scor;
  // @ts-expect-error Property 'chanel' does not exist on type 'Conversation'. Did you mean 'channel'?
  data.conversation?.chanel;
  // @ts-expect-error Property 'mail' does not exist on type 'User'. Did you mean 'email'?
  data.conversation?.assignee?.mail;
  // @ts-expect-error Type 'Queue' is not assignable to type 'Tag'
  return (queue: Queue): Tag => queue;
}

export function nothingIsPromisedOfAnUnknownEvent(event: UnknownWebhookEvent) {
  // @ts-expect-error 'event.event_fqn' is possibly 'undefined'
  event.event_fqn.length;
  // @ts-expect-error is of type 'unknown'
  event.data.conversation;
  return event.whatever;
}
