import type { Client, FetchResponse, MaybeOptionalInit, ParseAs } from 'openapi-fetch';
import type { components, paths } from '../../generated/openapi.js';
import type { UnknownEventType, WebhookEventType } from '../shared/event-types.js';
import type { CallOptions } from './options.js';

type Schemas = components['schemas'];

/** A schema whose optional properties may also be given as undefined, which means the same. */
type Loose<T> = { [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** As `Omit`, but each key must exist: a property that the contract renames does not compile. */
type Without<T, K extends keyof T> = Omit<T, K>;

declare const unknownFilterField: unique symbol;

/** A field that a filter can compare. This version may not know all of them. */
export type FilterField = Schemas['FilterField'];

/** A field that this version does not know. It may be read, and sent back; write it `'NewField' as UnknownFilterField`. */
export type UnknownFilterField = string & { readonly [unknownFilterField]: true };

/** Deliveries carry `Basic` and the base64 of `username:password`. Made by `basicAuth()`. */
export interface BasicAuth extends Readonly<Schemas['BasicAuth']> {}

/** Deliveries carry `Bearer` and the value. Made by `tokenAuth()`. */
export interface TokenAuth extends Readonly<Schemas['TokenAuth']> {}

/** Deliveries carry no `Authorization` header. Made by `noAuth()`. */
export interface NoAuth extends Readonly<Schemas['NoAuth']> {}

/** What Dixa sends in the `Authorization` header of each delivery. */
export type WebhookAuthorization = BasicAuth | TokenAuth | NoAuth;

/** Holds if the field has one of the values. Made by `isOneOf()`. */
export interface IsOneOf extends Without<Schemas['IsOneOf'], 'field' | 'values'> {
  /** The field to compare. */
  field: FilterField | UnknownFilterField;
  /** At least one value. */
  values: readonly string[];
}

/** Holds if the field has none of the values. Made by `isNotOneOf()`. */
export interface IsNotOneOf extends Without<Schemas['IsNotOneOf'], 'field' | 'values'> {
  /** The field to compare. */
  field: FilterField | UnknownFilterField;
  /** At least one value. */
  values: readonly string[];
}

/** A condition on one field of the conversation. */
export type FilterCondition = IsOneOf | IsNotOneOf;

/** Conditions and how they combine. Made by `allOf()` and `anyOf()`. */
export interface CombinedFilters extends Without<Schemas['CombinedFilters'], 'conditions'> {
  /** At least one condition. */
  conditions: readonly FilterCondition[];
}

/**
 * Which events are delivered: only those that pass. The keys name what a filter looks at; `Conversation` is the only
 * one that Dixa shows (documented). Whether filters can be removed again by an update is not documented.
 */
export interface WebhookFilters {
  Conversation?: CombinedFilters | undefined;
  [entity: string]: CombinedFilters | undefined;
}

/** The name of an event type: one that this version knows, or a newer one. */
export type AnyEventType = WebhookEventType | UnknownEventType;

/**
 * The properties of a subscription that Dixa returns and does not take. So a subscription that was read does not compile
 * as a body: pass only what is to be created or changed.
 */
export type ReadOnlyProperties = { readonly [Name in ReadOnlyName]?: never };

type ReadOnlyName = Exclude<keyof Schemas['WebhookSubscription'], keyof Schemas['CreateWebhookSubscription']>;

/** What makes a new webhook subscription. */
export interface CreateWebhookSubscription
  extends ReadOnlyProperties,
    Loose<Without<Schemas['CreateWebhookSubscription'], 'events' | 'authorization' | 'customHeaders' | 'filters'>> {
  /** The event types to deliver, each once. Required here, because Dixa does not say what its absence means. */
  events: readonly AnyEventType[];
  /**
   * What Dixa sends in the `Authorization` header of each delivery.
   * @default noAuth()
   */
  authorization?: WebhookAuthorization | undefined;
  /**
   * Headers that Dixa adds to each delivery. Their values are treated as secrets.
   * @default {}
   */
  customHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Which of the events are delivered.
   * @default all of them
   */
  filters?: WebhookFilters | undefined;
}

/** The properties of a webhook subscription to change; what is absent stays as it is. */
export interface UpdateWebhookSubscription
  extends ReadOnlyProperties,
    Loose<Without<Schemas['UpdateWebhookSubscription'], 'events' | 'authorization' | 'customHeaders' | 'filters'>> {
  /** The event types to deliver from now on, each once. They **replace** the whole set. */
  events?: readonly AnyEventType[] | undefined;
  /** What Dixa sends in the `Authorization` header of each delivery. */
  authorization?: WebhookAuthorization | undefined;
  /** Headers that Dixa adds to each delivery. Their values are treated as secrets. */
  customHeaders?: Readonly<Record<string, string>> | undefined;
  /** Which events are delivered. */
  filters?: WebhookFilters | undefined;
}

/**
 * A webhook subscription as Dixa returns it. What is written as `events` is read as `subscribedEvents`, and
 * `authorization` is read as one of the `headers`. `secretKey` and `headers` are secrets in clear text: do not log them.
 */
export interface WebhookSubscription extends Without<Schemas['WebhookSubscription'], 'subscribedEvents' | 'filters'> {
  /** The event types that are delivered; written as `events`. There may be names that are newer than this version. */
  subscribedEvents?: AnyEventType[];
  /** Which events are delivered. */
  filters?: WebhookFilters;
}

/** One delivery and how the receiver answered. */
export interface DeliveryDetail extends Without<Schemas['DeliveryDetail'], never> {}

/** There was no recent delivery. What counts as recent is not documented. */
export interface NoRecentDelivery extends Without<Schemas['NoRecentDelivery'], never> {}

/** The outcome of the latest delivery of one event type. */
export interface EventDeliveryStatus extends Without<Schemas['EventDeliveryStatus'], 'event' | 'deliveryStatus'> {
  /** The event type. It may be newer than this version. */
  event: AnyEventType;
  /** The latest delivery, or `NoRecentDelivery`; `_type` says which. */
  deliveryStatus: DeliveryDetail | NoRecentDelivery;
}

/** One delivery in a log: a {@link DeliveryDetail}, but Dixa's example has no `_type` here. */
export interface DeliveryLogDetail extends Without<Schemas['DeliveryLogDetail'], never> {}

/** One delivery of an event, with what was sent. */
export interface EventDeliveryLog extends Without<Schemas['EventDeliveryLog'], 'deliveryDetail'> {
  /** The delivery and how the receiver answered. */
  deliveryDetail: DeliveryLogDetail;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends object ? Path : never;
}[keyof paths];

type PathsWithoutInit<M extends Method> = {
  [Path in PathsWith<M>]: undefined extends MaybeOptionalInit<paths[Path], M> ? Path : never;
}[PathsWith<M>];

/** What a call of `raw` takes: the options of openapi-fetch and of `fetch`, and two of this client. */
type RawInit<Path extends PathsWith<M>, M extends Method, As extends ParseAs> = NonNullable<
  MaybeOptionalInit<paths[Path], M>
> &
  Pick<CallOptions, 'timeoutMs' | 'maxRetries'> & { readonly parseAs?: As };

type RawResult<Path extends PathsWith<M>, M extends Method, As extends ParseAs> = Promise<
  FetchResponse<paths[Path][M] & object, { parseAs: As }, `${string}/${string}`>
>;

/** A method of {@link RawClient}. Unlike openapi-fetch's own it refuses properties that do not exist. */
interface RawMethod<M extends Method> {
  <Path extends PathsWith<M>, As extends ParseAs = 'json'>(
    path: Path,
    init: RawInit<Path, M, As>,
  ): RawResult<Path, M, As>;
  <Path extends PathsWithoutInit<M>>(path: Path): RawResult<Path, M, 'json'>;
}

/**
 * The typed openapi-fetch client for the methods of the contract, with this client's key, checks, retries, limits and timeouts. HTTP errors are returned
 * as `{ error, response }`; it throws only if there is no usable response. What it reads may hold event types and filter
 * fields that this version does not know, so they are typed `string`: sending them back takes a cast.
 * @example
 * const { data, error, response } = await dixa.raw.GET('/webhooks')
 * if (!response.ok) console.error(response.status, error) // `error` is '' if the response has no body
 * @example
 * const body = { events: data.data.subscribedEvents as WebhookEventType[] }
 */
export interface RawClient extends Pick<Client<paths>, 'use' | 'eject'> {
  readonly GET: RawMethod<'get'>;
  readonly POST: RawMethod<'post'>;
  readonly PATCH: RawMethod<'patch'>;
  readonly DELETE: RawMethod<'delete'>;
}
