import type { UpdateWebhookSubscription } from 'dixa-webhooks';

/**
 * The desired state of a subscription. It is identified by `name`, or by `id` to adopt or rename one. Omitted
 * properties are left unchanged; `url` and `events` are required only to create it.
 * @example
 * export default [
 *   { name: 'Ratings', url: 'https://hooks.example.com/dixa', events: ['ConversationRated'] },
 *   { id: '7f2b1c3d-0a4e-4b5c-8d6f-112233445566', name: 'Its new name' },
 * ] satisfies WantedSubscription[]
 */
export interface WantedSubscription extends Omit<UpdateWebhookSubscription, 'id' | 'name'> {
  /** The id of an existing subscription: to adopt or rename it, or to distinguish two that have the same name. */
  readonly id?: string | undefined;
  /** The desired name. Without an `id`, it identifies the subscription. */
  readonly name?: string | undefined;
}

/** A property that a step sets. */
export interface PropertyChange {
  readonly property: 'name' | 'url' | 'events' | 'enabled' | 'filters' | 'authorization' | 'customHeaders';
  /** The current value, if any. Never set for `authorization` and `customHeaders`, which are secrets. */
  readonly from?: unknown;
  /** The desired value. Never set for `authorization` and `customHeaders`, which are secrets. */
  readonly to?: unknown;
}

/** One step of a plan. It can be printed, because it contains no password, token or header value. */
export interface PlanStep {
  readonly action: 'create' | 'update' | 'delete';
  /** The current name of the subscription, or the name of a new one. */
  readonly name: string;
  /** The id of the subscription. A new one does not have an id yet. */
  readonly id?: string | undefined;
  /** The properties that it changes; for a new subscription, all properties that it sets. */
  readonly changes: readonly PropertyChange[];
  /** The names of wanted custom headers that Dixa does not show. An update sends them again. */
  readonly unknownHeaders: readonly string[];
}

/** A wanted subscription that needs no change, as far as Dixa shows. */
export interface UnchangedSubscription {
  readonly id: string;
  readonly name: string;
  /** The names of wanted custom headers that Dixa does not show. It is unknown whether they are set. */
  readonly unknownHeaders: readonly string[];
}

/** The steps that turn the existing subscriptions into the wanted ones. It contains no secret. */
export interface SubscriptionPlan {
  /** The steps, in order; empty if there is nothing to change. */
  readonly steps: readonly PlanStep[];
  /** The wanted subscriptions that need no change. */
  readonly unchanged: readonly UnchangedSubscription[];
}

/** Options for {@link planSubscriptions}. */
export interface PlanOptions {
  /**
   * Whether to delete subscriptions that are not in the list, and their secrets with them.
   * @default false
   */
  readonly prune?: boolean | undefined;
}

/** A step that was applied. */
export interface AppliedStep extends PlanStep {
  /** The id of the subscription, even if it is new. */
  readonly id: string;
}

/** Options for {@link applyPlan}. */
export interface ApplyOptions {
  /**
   * Called after each step. The next step waits until it has resolved.
   * @example ({ action, name, id }) => console.log(action, name, id)
   */
  readonly onStep?: ((step: AppliedStep) => unknown) | undefined;
}
