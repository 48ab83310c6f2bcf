import { type CreateWebhookSubscription, DixaError, type DixaWebhooks } from 'dixa-webhooks';
import { aFunction, checkClient, checkObject, isObject, refuse } from './checks.js';
import { bodyOf } from './plan-subscriptions.js';
import type { AppliedStep, ApplyOptions, PlanStep, SubscriptionPlan } from './types.js';

/** A plan was carried out in part: a step failed, or `onStep` did after it. `cause` says why. */
export class DixaPlanError extends DixaError {
  declare readonly code: 'DIXA_PLAN';
  /** The steps that were carried out, in order. */
  declare readonly done: readonly AppliedStep[];
  /**
   * The steps that were not, in order. If a call failed, its step is the first of them; a call without a response may
   * have been carried out nevertheless: plan again to see what is left.
   */
  declare readonly notDone: readonly PlanStep[];

  constructor(done: readonly AppliedStep[], notDone: readonly PlanStep[], cause: unknown) {
    // The message of an error that is not of this package may hold anything.
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
 * Carries out a plan of {@link planSubscriptions}, one step after another, and stops at the first that fails. Resolves
 * with the steps that were carried out. They hold no secret: `dixa.get(id)` reads the `secretKey` of a new subscription.
 * @throws DixaInputError if an argument is wrong.
 * @throws DixaPlanError if a step fails: it says what is done and what is not.
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
  const isPlanned = isObject(plan) && Array.isArray(plan.steps) && plan.steps.every((step) => bodyOf(step));
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

/** Carries out a step. Resolves with the id of its subscription. */
async function carryOut(dixa: Pick<DixaWebhooks, 'create' | 'update' | 'delete'>, step: PlanStep): Promise<string> {
  const { action, id = '' } = step;
  const body = bodyOf(step) as CreateWebhookSubscription;
  if (action === 'create') return (await dixa.create(body)).id;
  if (action === 'update') await dixa.update(id, body);
  else await dixa.delete(id);
  return id;
}
