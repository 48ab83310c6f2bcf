import type { Client, FetchResponse, MaybeOptionalInit, ParseAs } from 'openapi-fetch';
import type { components, paths } from '../../generated/openapi.js';
import type { UnknownEventType, WebhookEventType } from '../shared/event-types.js';
import type { CallOptions } from './options.js';

type Schemas = components['schemas'];

/** A schema whose optional properties also accept undefined, which means the same as leaving them out. */
type Loose<T> = { [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Like `Omit`, but each key must exist, so that renaming a property in the contract is a compile error. */
type Without<T, K extends keyof T> = Omit<T, K>;

declare const unknownFilterField: unique symbol;

/** A field that filters can compare. Dixa may have more. */
export type FilterField = Schemas['FilterField'];

/** A filter field that this version does not know. Write it as `'NewField' as UnknownFilterField`. */
export type UnknownFilterField = string & { readonly [unknownFilterField]: true };

/** Basic authorization. Create it with `basicAuth()`. */
export interface BasicAuth extends Readonly<Schemas['BasicAuth']> {}

/** Token authorization. Create it with `tokenAuth()`. */
export interface TokenAuth extends Readonly<Schemas['TokenAuth']> {}

/** No authorization. Create it with `noAuth()`. */
export interface NoAuth extends Readonly<Schemas['NoAuth']> {}

/** The credentials that Dixa sends in the `Authorization` header of each delivery. */
export type WebhookAuthorization = BasicAuth | TokenAuth | NoAuth;

/** A condition that is true if the field has one of the values. Create it with `isOneOf()`. */
export interface IsOneOf extends Without<Schemas['IsOneOf'], 'field' | 'values'> {
  /** The field to compare. */
  field: FilterField | UnknownFilterField;
  /** The values to compare with, at least one. */
  values: readonly string[];
}

/** A condition that is true if the field has none of the values. Create it with `isNotOneOf()`. */
export interface IsNotOneOf extends Without<Schemas['IsNotOneOf'], 'field' | 'values'> {
  /** The field to compare. */
  field: FilterField | UnknownFilterField;
  /** The values to compare with, at least one. */
  values: readonly string[];
}

/** A condition on one field of the conversation. */
export type FilterCondition = IsOneOf | IsNotOneOf;

/** One or more conditions, and how they are combined. Create it with `allOf()` or `anyOf()`. */
export interface CombinedFilters extends Without<Schemas['CombinedFilters'], 'conditions'> {
  /** The conditions, at least one. */
  conditions: readonly FilterCondition[];
}

/**
 * Filters that limit which events are delivered. Each key names the object to filter on; `Conversation` is the only one
 * that Dixa shows. Whether an update can remove filters is not documented by Dixa.
 */
export interface WebhookFilters {
  Conversation?: CombinedFilters | undefined;
  [entity: string]: CombinedFilters | undefined;
}

/** An event type: one that this version knows, or a newer one. */
export type AnyEventType = WebhookEventType | UnknownEventType;

/**
 * The read-only properties of a subscription, which cannot be set. Pass only the properties to create or change, not a
 * subscription that was read.
 */
export type ReadOnlyProperties = { readonly [Name in ReadOnlyName]?: never };

type ReadOnlyName = Exclude<keyof Schemas['WebhookSubscription'], keyof Schemas['CreateWebhookSubscription']>;

/** A webhook subscription to create. */
export interface CreateWebhookSubscription
  extends ReadOnlyProperties,
    Loose<Without<Schemas['CreateWebhookSubscription'], 'events' | 'authorization' | 'customHeaders' | 'filters'>> {
  /** The event types to deliver. Required, because Dixa does not document what a missing list means. */
  events: readonly AnyEventType[];
  /**
   * The credentials that Dixa sends in the `Authorization` header of each delivery.
   * @default noAuth()
   */
  authorization?: WebhookAuthorization | undefined;
  /**
   * Headers that Dixa adds to each delivery. Treat their values as secrets.
   * @default {}
   */
  customHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * Filters that limit which events are delivered.
   * @default none
   */
  filters?: WebhookFilters | undefined;
}

/** The properties of a webhook subscription to change. The others stay as they are. */
export interface UpdateWebhookSubscription
  extends ReadOnlyProperties,
    Loose<Without<Schemas['UpdateWebhookSubscription'], 'events' | 'authorization' | 'customHeaders' | 'filters'>> {
  /** The event types to deliver. They **replace** the whole set. */
  events?: readonly AnyEventType[] | undefined;
  /** The credentials that Dixa sends in the `Authorization` header of each delivery. */
  authorization?: WebhookAuthorization | undefined;
  /** Headers that Dixa adds to each delivery. Treat their values as secrets, and pass all of them. */
  customHeaders?: Readonly<Record<string, string>> | undefined;
  /** Filters that limit which events are delivered. Pass all of them. */
  filters?: WebhookFilters | undefined;
}

/**
 * A webhook subscription, as returned by Dixa. `secretKey` and `headers` contain secrets in clear text: do not log them.
 * You send `events` and `authorization`, and read them as `subscribedEvents` and one of the `headers`.
 */
export interface WebhookSubscription extends Without<Schemas['WebhookSubscription'], 'subscribedEvents' | 'filters'> {
  /** The event types that are delivered, set with `events`. Some may be newer than this version. */
  subscribedEvents?: AnyEventType[];
  /** Filters that limit which events are delivered. */
  filters?: WebhookFilters;
}

/** One delivery and the receiver's response. */
export interface DeliveryDetail extends Without<Schemas['DeliveryDetail'], never> {}

/** There was no recent delivery. What counts as recent is not documented by Dixa. */
export interface NoRecentDelivery extends Without<Schemas['NoRecentDelivery'], never> {}

/** The outcome of the latest delivery of one event type. */
export interface EventDeliveryStatus extends Without<Schemas['EventDeliveryStatus'], 'event' | 'deliveryStatus'> {
  /** The event type. It may be newer than this version. */
  event: AnyEventType;
  /** The latest delivery, or `NoRecentDelivery` if there was none. Check `_type`. */
  deliveryStatus: DeliveryDetail | NoRecentDelivery;
}

/** One delivery in a log and the receiver's response. Like {@link DeliveryDetail}, but `_type` may be missing. */
export interface DeliveryLogDetail extends Without<Schemas['DeliveryLogDetail'], never> {}

/** One delivery of an event, with its payload. */
export interface EventDeliveryLog extends Without<Schemas['EventDeliveryLog'], 'deliveryDetail'> {
  /** The delivery and the receiver's response. */
  deliveryDetail: DeliveryLogDetail;
}

type Method = 'get' | 'post' | 'patch' | 'delete';

type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends object ? Path : never;
}[keyof paths];

type PathsWithoutInit<M extends Method> = {
  [Path in PathsWith<M>]: undefined extends MaybeOptionalInit<paths[Path], M> ? Path : never;
}[PathsWith<M>];

/** The options of a call of `raw`: those of openapi-fetch and `fetch`, and two of this client. */
type RawInit<Path extends PathsWith<M>, M extends Method, As extends ParseAs> = NonNullable<
  MaybeOptionalInit<paths[Path], M>
> &
  Pick<CallOptions, 'timeoutMs' | 'maxRetries'> & { readonly parseAs?: As };

type RawResult<Path extends PathsWith<M>, M extends Method, As extends ParseAs> = Promise<
  FetchResponse<paths[Path][M] & object, { parseAs: As }, `${string}/${string}`>
>;

/** A method of {@link RawClient}. Unlike that of openapi-fetch, its types refuse unknown properties. */
interface RawMethod<M extends Method> {
  <Path extends PathsWith<M>, As extends ParseAs = 'json'>(
    path: Path,
    init: RawInit<Path, M, As>,
  ): RawResult<Path, M, As>;
  <Path extends PathsWithoutInit<M>>(path: Path): RawResult<Path, M, 'json'>;
}

/**
 * The typed openapi-fetch client, with this client's key, checks, retries, limits and timeouts. HTTP errors are returned as
 * `{ error, response }`; it throws only if there is no usable response. Event types and filter fields that were read are
 * typed `string`, because they may be unknown to this version. To send them back, cast them.
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
