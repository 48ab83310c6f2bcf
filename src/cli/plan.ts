import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DixaWebhooks } from 'dixa-webhooks';
import type { PlanStep, SubscriptionPlan, WantedSubscription } from 'dixa-webhooks/manage';
import { CommandError, usageError } from './errors.js';
import { secretsOf, shownUrl } from './secrets.js';
import { checkEvent, noteSecret } from './subscriptions.js';
import type { Terminal } from './terminal.js';
import { count, plain } from './text.js';

interface PlanOptions {
  readonly prune?: boolean;
  readonly yes?: boolean;
}

export async function plan(terminal: Terminal, { prune }: PlanOptions, file: string): Promise<number> {
  const found = await makePlan(terminal, await terminal.dixa(), file, prune);
  terminal.print(describePlan(terminal, found), { ...found, steps: found.steps.map(withoutSecrets) });
  return found.steps.length > 0 ? 2 : 0;
}

export async function apply(terminal: Terminal, { prune, yes }: PlanOptions, file: string): Promise<number> {
  const dixa = await terminal.dixa();
  const found = await makePlan(terminal, dixa, file, prune);
  const deleted = found.steps.filter(({ action }) => action === 'delete');
  if (deleted.length > 0 && !yes) {
    const question = `Permanently delete ${count(deleted.length, 'subscription')}, including secrets?`;
    const isMeant = await terminal.confirm(question, `${describePlan(terminal, found)}\n`);
    if (!isMeant) {
      terminal.note('Nothing was changed.');
      return 1;
    }
  }
  const { applyPlan } = await import('dixa-webhooks/manage');
  terminal.signal.addEventListener('abort', () =>
    terminal.note('Interrupted. The current step may or may not have been applied: plan again to see what remains.'),
  );
  const onStep = ({ action, name, id }: PlanStep) => {
    if (terminal.json) return;
    terminal.print(`${done[action]} "${plain(name)}" (${plain(id ?? '')})`, undefined);
    if (action === 'create') noteSecret(terminal, id);
  };
  const applied = await applyPlan(dixa, found, { onStep });
  const unchanged = `${count(found.unchanged.length, 'subscription')} unchanged.`;
  terminal.print(unchanged, applied.map(withoutSecrets));
  return 0;
}

const done = { create: 'Created', update: 'Updated', delete: 'Deleted' } as const;

async function makePlan(
  terminal: Terminal,
  dixa: DixaWebhooks,
  file: string,
  prune = false,
): Promise<SubscriptionPlan> {
  const { planSubscriptions } = await import('dixa-webhooks/manage');
  const wanted = await importWanted(terminal, file);
  const existing = await dixa.list();
  // Not checked yet: the module may export anything.
  for (const each of wanted) if (typeof each?.url === 'string') terminal.hide(...secretsOf({ url: each.url }));
  terminal.hide(...existing.flatMap(secretsOf));
  const plan = planSubscriptions(wanted, existing, { prune });
  const found = plan.unchanged.length + plan.steps.filter(({ id }) => id !== undefined).length;
  const others = existing.length - found;
  if (others > 0)
    terminal.note(`${count(others, 'other subscription')} left alone: --prune would delete what is not in the file.`);
  for (const event of new Set(wanted.flatMap(({ events = [] }) => events))) checkEvent(terminal, event);
  return plan;
}

async function importWanted(terminal: Terminal, file: string): Promise<readonly WantedSubscription[]> {
  if (!/\.[cm]?[jt]s$/.test(file)) throw usageError(`${plain(file)} must be a module: .js, .mjs or .ts.`);
  await terminal.read(file, 'the subscriptions');
  let module: { default?: unknown };
  try {
    // Converted to a URL, because the drive letter of a Windows path looks like a protocol.
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new CommandError('FILE', `${plain(file, 200)} cannot be imported: ${importFault(error, file)}`);
  }
  if (Array.isArray(module.default)) return module.default;
  throw new CommandError(
    'FILE',
    `${plain(file, 200)} must export an array of subscriptions: export default [{ name: … }].`,
  );
}

/** Why a module cannot be imported. The module may throw anything. */
function importFault(error: unknown, file: string): string {
  const { code, name, message } = Object(error) as Partial<NodeJS.ErrnoException>;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'this version of Node does not run TypeScript. Use Node 22.18 or newer, or an .mjs file.';
  }
  const what = error instanceof Error ? `${name}: ${plain(message, 300)}` : 'it throws a value that is not an Error';
  return `${what}. To see where, run: node ${plain(file, 200)}`;
}

/** A step that can be printed. A URL may contain a token. */
function withoutSecrets<Step extends PlanStep>(step: Step): Step {
  const shown = (url: unknown) => (typeof url === 'string' ? shownUrl(url, 2000) : url);
  const changes = step.changes.map(({ property, from, to }) =>
    property === 'url' ? { property, from: shown(from), to: shown(to) } : { property, from, to },
  );
  return { ...step, changes };
}

function describePlan(terminal: Terminal, { steps, unchanged }: SubscriptionPlan): string {
  const lines = steps
    .map(withoutSecrets)
    .flatMap((step) => [
      terminal.paint(
        step.action === 'delete' ? 'red' : 'bold',
        `${step.action} "${plain(step.name)}" ${plain(step.id ?? '')}`.trim(),
      ),
      ...step.changes.map((change) => `  ${describeChange(step, change)}`),
      ...unknownHeaders(step.unknownHeaders, 'so it is sent again'),
    ]);
  for (const { name, id, unknownHeaders: headers } of unchanged) {
    if (headers.length > 0)
      lines.push(`unchanged "${plain(name)}" ${plain(id)}`, ...unknownHeaders(headers, 'so it may differ'));
  }
  const many = (action: PlanStep['action']) => steps.filter((step) => step.action === action).length;
  const sum = `${many('create')} to create, ${many('update')} to update, ${many('delete')} to delete, ${unchanged.length} unchanged.`;
  return [...lines, sum].join('\n');
}

function unknownHeaders(names: readonly string[], what: string): string[] {
  return names.map((name) => `  header ${plain(name)}: not shown by Dixa, ${what}`);
}

function describeChange({ action }: PlanStep, { property, from, to }: PlanStep['changes'][number]): string {
  if (to === undefined) return `${property}: ${action === 'create' ? 'set' : 'differs'} (not shown)`;
  const before = action === 'create' || from === undefined ? '' : `${shown(from)} → `;
  return `${property}: ${before}${shown(to)}`;
}

function shown(value: unknown): string {
  return plain(
    Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value),
    200,
  );
}
