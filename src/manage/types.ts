import type { UpdateWebhookSubscription } from 'dixa-webhooks';

/**
 * A subscription as it should be. Its identity is `name`, or `id` to adopt or rename one. Properties that are not named
 * are left alone; `url` and `events` are needed only to create it.
 * @example
 * export default [
 *   { name: 'Ratings', url: 'https://hooks.example.com/dixa', events: ['ConversationRated'] },
 *   { id: '7f2b1c3d-0a4e-4b5c-8d6f-112233445566', name: 'Its new name' },
 * ] satisfies WantedSubscription[]
 */
export interface WantedSubscription extends Omit<UpdateWebhookSubscription, 'id' | 'name'> {
  /** The id of a subscription that exists: to adopt or rename it, or to tell apart two of one name. */
  readonly id?: string | undefined;
  /** The name that it should have. Without an `id`, the subscription of this name is meant. */
  readonly name?: string | undefined;
}

/** A property that a step sets. */
export interface PropertyChange {
  readonly property: 'name' | 'url' | 'events' | 'enabled' | 'filters' | 'authorization' | 'customHeaders';
  /** The value that Dixa has, if there is one. Never set for `authorization` and `customHeaders`: those are secrets. */
  readonly from?: unknown;
  /** The value that is wanted. Never set for `authorization` and `customHeaders`. */
  readonly to?: unknown;
}

/**
 * Something to do. What it sends is kept apart from it, so that a step can be printed: it holds no password, token or
 * header value.
 */
export interface PlanStep {
  readonly action: 'create' | 'update' | 'delete';
  /** The name that the subscription has now, or will be created with. */
  readonly name: string;
  /** The id of the subscription; a new one has none yet. */
  readonly id?: string | undefined;
  /** What it changes; for a new subscription, all that is set. */
  readonly changes: readonly PropertyChange[];
  /** The names of wanted custom headers that Dixa does not show. An update sends them again. */
  readonly unknownHeaders: readonly string[];
}

/** A wanted subscription that is as it should be, as far as Dixa shows it. */
export interface UnchangedSubscription {
  readonly id: string;
  readonly name: string;
  /** The names of wanted custom headers that Dixa does not show: whether they are set is not known. */
  readonly unknownHeaders: readonly string[];
}

/** What has to be done so that an organization has the wanted subscriptions. It contains no secret. */
export interface SubscriptionPlan {
  /** What to do, in this order; empty if there is nothing to do. */
  readonly steps: readonly PlanStep[];
  /** The wanted subscriptions that need no change. */
  readonly unchanged: readonly UnchangedSubscription[];
}

/** Options of {@link planSubscriptions}. */
export interface PlanOptions {
  /**
   * Whether to delete the subscriptions that are not wanted, and their secrets with them.
   * @default false
   */
  readonly prune?: boolean | undefined;
}

/** A step that was carried out. */
export interface AppliedStep extends PlanStep {
  /** The id of the subscription, also of a new one. */
  readonly id: string;
}

/** Options of {@link applyPlan}. */
export interface ApplyOptions {
  /**
   * Called after each step; the next one waits until it has resolved.
   * @example ({ action, name, id }) => console.log(action, name, id)
   */
  readonly onStep?: ((step: AppliedStep) => unknown) | undefined;
}
