import type { UpdateWebhookSubscription, WebhookSubscription } from 'dixa-webhooks';
import { aBoolean, checkObject, refuse } from './checks.js';
import { differencesOf } from './differences.js';
import type { PlanOptions, PlanStep, SubscriptionPlan, UnchangedSubscription, WantedSubscription } from './types.js';
import { checkExisting, checkNew, checkWanted } from './wanted.js';

/** What each step sends. Kept apart from the steps, because it holds secrets. */
const bodies = new WeakMap<PlanStep, UpdateWebhookSubscription>();

/**
 * Compares the subscriptions that are wanted with those that exist, and plans what to do. It calls nothing:
 * {@link applyPlan} carries the plan out. A subscription is recognised by its name, or by its id if that is given. A
 * change is always an update, so that the `secretKey` stays; nothing is deleted unless `prune` is set.
 *
 * Events are compared as sets, and secrets without being shown. Custom headers that Dixa does not show are listed in
 * `unknownHeaders`: they are sent again with any other change, but are no change themselves.
 * @throws DixaInputError if an argument is wrong, if two subscriptions have one name and no id decides, if there is none
 * with a wanted id, if a name differs from one that exists only in case, in white space around it or in its Unicode form,
 * or if a new one lacks its `url` or its `events`.
 * @example
 * const plan = planSubscriptions(wanted, await dixa.list())
 * for (const { action, name, changes } of plan.steps) console.log(action, name, changes)
 */
export function planSubscriptions(
  wanted: readonly WantedSubscription[],
  existing: readonly WebhookSubscription[],
  options: PlanOptions = {},
): SubscriptionPlan {
  checkObject({ prune: aBoolean }, options, 'options', '');
  checkWanted(wanted);
  checkExisting(existing);
  const matches = match(wanted, existing);
  const steps: PlanStep[] = [];
  const unchanged: UnchangedSubscription[] = [];
  for (const [index, each] of wanted.entries()) {
    const now = matches[index];
    if (!now) checkNew(each, `wanted[${index}]`);
    const { changes, unknownHeaders, body } = differencesOf(each, now);
    const { id, name = '' } = now ?? { name: each.name };
    if (id && !changes.length) unchanged.push({ id, name, unknownHeaders });
    else steps.push(step({ action: id ? 'update' : 'create', id, name, changes, unknownHeaders }, body));
  }
  for (const each of options.prune ? existing : []) {
    const { id, name } = each;
    if (!matches.includes(each)) steps.push(step({ action: 'delete', id, name, changes: [], unknownHeaders: [] }));
  }
  return { steps, unchanged };
}

/** What a step sends, or undefined if it is not one of a plan. */
export function bodyOf(planned: PlanStep): UpdateWebhookSubscription | undefined {
  return bodies.get(planned);
}

function step(planned: PlanStep, body: UpdateWebhookSubscription = {}): PlanStep {
  bodies.set(planned, body);
  return planned;
}

/** Finds the subscription that exists for each that is wanted. What an id takes, no name can. */
function match(
  wanted: readonly WantedSubscription[],
  existing: readonly WebhookSubscription[],
): readonly (WebhookSubscription | undefined)[] {
  const keys = wanted.map(({ id, name }) => id?.toLowerCase() ?? keyOf(name));
  return wanted.map(({ id, name }, index) => {
    const path = `wanted[${index}].${id == null ? 'name' : 'id'}`;
    if (keys.indexOf(keys[index] as string) < index) refuse(path, 'is wanted twice: each needs its own id');
    const found = existing.filter((each) => {
      const key = each.id.toLowerCase();
      return keys[index] === (keys.includes(key) ? key : keyOf(each.name));
    });
    if (id != null && !found[0]) refuse(path, 'does not exist: list() shows what does');
    if (found.some((each, at) => at || (id == null && each.name !== name))) {
      refuse(path, `belongs to several, or almost: set an id (${found.map((each) => each.id).join(', ')})`);
    }
    return found[0];
  });
}

/** Names that look alike have one key, which is never an id: `prune` must not delete the one while the other is created. */
function keyOf(name = ''): string {
  return `.${name.toLowerCase().trim().normalize()}`;
}
