import type { UpdateWebhookSubscription, WebhookSubscription } from 'dixa-webhooks';
import { aBoolean, checkObject, refuse } from './checks.js';
import { differencesOf } from './differences.js';
import type { PlanOptions, PlanStep, SubscriptionPlan, UnchangedSubscription, WantedSubscription } from './types.js';
import { checkExisting, checkNew, checkWanted } from './wanted.js';

/** The request body of each step. Kept apart from the steps, because it contains secrets. */
const bodies = new WeakMap<PlanStep, UpdateWebhookSubscription>();

/**
 * Plans how to turn the existing subscriptions into the wanted ones. It sends no requests: apply the plan with {@link
 * applyPlan}. Subscriptions are matched by id if one is given, otherwise by name. Changes are made by updates, which
 * keep the `secretKey`. Nothing is deleted unless `prune` is set.
 *
 * Events are compared as sets. Secrets are compared, but never shown. Custom headers that Dixa does not show are listed
 * in `unknownHeaders`: they are sent again with any other change, but do not count as a change.
 * @throws DixaInputError if an argument is invalid; if two subscriptions have the same name and no id is given; if no
 * subscription has a given id; if a name differs from an existing one only in case, surrounding white space or Unicode
 * form; or if a new subscription lacks `url` or `events`.
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

/** The request body of a step, or undefined if the step does not come from a plan. */
export function bodyOf(planned: PlanStep): UpdateWebhookSubscription | undefined {
  return bodies.get(planned);
}

function step(planned: PlanStep, body: UpdateWebhookSubscription = {}): PlanStep {
  bodies.set(planned, body);
  return planned;
}

/** Finds the existing subscription for each wanted one. One that is matched by id cannot also be matched by name. */
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
    if (id != null && !found[0]) refuse(path, 'does not exist: see list()');
    if (found.some((each, at) => at || (id == null && each.name !== name))) {
      refuse(path, `matches several or similar names: set an id (${found.map((each) => each.id).join(', ')})`);
    }
    return found[0];
  });
}

/**
 * Names that look alike share a key, which is never an id. Otherwise `prune` could delete one while the other is
 * created.
 */
function keyOf(name = ''): string {
  return `.${name.toLowerCase().trim().normalize()}`;
}
