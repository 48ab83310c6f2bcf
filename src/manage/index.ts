export { applyPlan, DixaPlanError } from './apply-plan.js';
export {
  type FailedDeliveries,
  type FailedDeliveriesOptions,
  failedDeliveries,
  type LoggedDelivery,
  type LogReach,
} from './failed-deliveries.js';
export { planSubscriptions } from './plan-subscriptions.js';
export {
  type ReplayedRequest,
  type ReplayOptions,
  type ReplayResponse,
  type ReplayResult,
  type ReplayToReceiver,
  type ReplayToUrl,
  replayDelivery,
} from './replay-delivery.js';
export type {
  AppliedStep,
  ApplyOptions,
  PlanOptions,
  PlanStep,
  PropertyChange,
  SubscriptionPlan,
  UnchangedSubscription,
  WantedSubscription,
} from './types.js';
