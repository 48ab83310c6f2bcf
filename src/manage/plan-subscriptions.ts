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
 * with a wanted id, or if a new one lacks its `url` or its `events`.
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
    const name = now?.name ?? String(each.name);
    if (!now) steps.push(step({ action: 'create', name, changes, unknownHeaders }, body));
    else if (!changes.length) unchanged.push({ id: now.id, name, unknownHeaders });
    else steps.push(step({ action: 'update', name, id: now.id, changes, unknownHeaders }, body));
  }
  const extra = options.prune ? existing.filter((each) => !matches.includes(each)) : [];
  for (const { id, name } of extra) steps.push(step({ action: 'delete', name, id, changes: [], unknownHeaders: [] }));
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

/** Finds the subscription that exists for each that is wanted. Those with an id come first: what they take has no other claim. */
function match(
  wanted: readonly WantedSubscription[],
  existing: readonly WebhookSubscription[],
): readonly (WebhookSubscription | undefined)[] {
  const taken = new Set<WebhookSubscription>();
  const byId = wanted.map(({ id }, index) => {
    if (id == null) return undefined;
    const found = existing.find((each) => each.id.toLowerCase() === id.toLowerCase());
    if (!found) refuse(`wanted[${index}].id`, 'is not the id of a subscription: list() shows what exists');
    if (taken.has(found)) refuse(`wanted[${index}].id`, 'is wanted twice');
    taken.add(found);
    return found;
  });
  const names = new Set<unknown>();
  return wanted.map(({ id, name }, index) => {
    if (id != null) return byId[index];
    if (names.has(name)) refuse(`wanted[${index}].name`, 'is wanted twice: set the id of each that exists');
    names.add(name);
    const found = existing.filter((each) => each.name === name && !taken.has(each));
    if (found.length > 1) {
      const ids = found.map((each) => each.id).join(', ');
      refuse(`wanted[${index}].name`, `is the name of ${found.length} subscriptions: set the id of one (${ids})`);
    }
    return found[0];
  });
}
