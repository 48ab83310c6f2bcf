import { type CreateWebhookSubscription, DixaError, type DixaWebhooks } from 'dixa-webhooks';
import { isPlainObject } from '../shared/plain-object.js';
import { aFunction, checkClient, checkObject, refuse } from './checks.js';
import { bodyOf } from './plan-subscriptions.js';
import type { AppliedStep, ApplyOptions, PlanStep, SubscriptionPlan } from './types.js';

/** A plan was applied only in part: a step failed, or `onStep` failed after it. `cause` says why. */
export class DixaPlanError extends DixaError {
  declare readonly code: 'DIXA_PLAN';
  /** The steps that were applied, in order. */
  declare readonly done: readonly AppliedStep[];
  /**
   * The steps that were not applied, in order. If a request failed, its step is the first one. A request without a
   * response may still have taken effect: plan again to see what remains.
   */
  declare readonly notDone: readonly PlanStep[];

  constructor(done: readonly AppliedStep[], notDone: readonly PlanStep[], cause: unknown) {
    // The message of a foreign error may contain a secret.
    const why = DixaError.is(cause) ? cause.message : `${Object(cause).name}.`;
    const list = (steps: readonly PlanStep[]) => steps.map(({ action, name }) => `${action} "${name}"`).join(', ');
    super(
      `The plan stopped: ${why} Done: ${list(done) || 'nothing'}. Not done: ${list(notDone) || 'nothing'}. Plan again for the rest.`,
      { cause },
    );
    this.done = done;
    this.notDone = notDone;
  }

  override get name(): string {
    return 'DixaPlanError';
  }
}

/**
 * Applies a plan from {@link planSubscriptions}, one step after another, and stops at the first failure. Resolves with
 * the applied steps. They contain no secret: read the `secretKey` of a new subscription with `dixa.get(id)`.
 * @throws DixaInputError if an argument is invalid.
 * @throws DixaPlanError if a step fails. It lists which steps were applied and which were not.
 * @example
 * const plan = planSubscriptions(wanted, await dixa.list())
 * await applyPlan(dixa, plan, { onStep: ({ action, name, id }) => console.log(action, name, id) })
 */
export async function applyPlan(
  dixa: Pick<DixaWebhooks, 'create' | 'update' | 'delete'>,
  plan: SubscriptionPlan,
  options: ApplyOptions = {},
): Promise<readonly AppliedStep[]> {
  checkClient(dixa, ['create', 'update', 'delete']);
  checkObject({ onStep: aFunction }, options, 'options', '');
  const isPlanned = isPlainObject(plan) && Array.isArray(plan.steps) && plan.steps.every((step) => bodyOf(step));
  if (!isPlanned) refuse('plan', 'must come from planSubscriptions()');

  const done: AppliedStep[] = [];
  for (const step of plan.steps) {
    try {
      const applied = { ...step, id: await carryOut(dixa, step) };
      done.push(applied);
      await options.onStep?.(applied);
    } catch (cause) {
      throw new DixaPlanError(done, plan.steps.slice(done.length), cause);
    }
  }
  return done;
}

/** Applies a step. Resolves with the id of its subscription. */
async function carryOut(dixa: Pick<DixaWebhooks, 'create' | 'update' | 'delete'>, step: PlanStep): Promise<string> {
  const { action, id = '' } = step;
  const body = bodyOf(step) as CreateWebhookSubscription;
  if (action === 'create') return (await dixa.create(body)).id;
  if (action === 'update') await dixa.update(id, body);
  else await dixa.delete(id);
  return id;
}
