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
    const known = now ? { id: now.id, name: now.name } : { name: each.name ?? '' };
    if (now && !changes.length) unchanged.push({ id: now.id, name: now.name, unknownHeaders });
    else steps.push(step({ action: now ? 'update' : 'create', ...known, changes, unknownHeaders }, body));
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
  const ids = new Set(wanted.map(({ id }) => id?.toLowerCase()));
  const identities = new Set<string>();
  return wanted.map(({ id, name }, index) => {
    const path = `wanted[${index}].${id == null ? 'name' : 'id'}`;
    const identity = id?.toLowerCase() ?? `name ${name}`;
    if (identities.has(identity)) refuse(path, 'is wanted twice: each needs an id of its own');
    identities.add(identity);
    const found = existing.filter((each) => {
      const key = each.id.toLowerCase();
      return id == null ? each.name === name && !ids.has(key) : key === identity;
    });
    if (id != null && !found[0]) refuse(path, 'does not exist: list() shows what does');
    if (found[1]) refuse(path, `belongs to several: set the id of one (${found.map((each) => each.id).join(', ')})`);
    return found[0];
  });
}
