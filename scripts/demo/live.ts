import { table } from '../lib/table.js';
import { count, describeDelivery, describeSubscription, plain } from './text.js';

type Package = typeof import('../../src/client/index.js');

/** Where the key and the address come from. */
export interface Environment {
  readonly DIXA_API_KEY?: string | undefined;
  readonly DIXA_BASE_URL?: string | undefined;
}

/**
 * Shows the organisation's subscriptions and how their latest deliveries went. It only reads, and shows no secret, no
 * path of a receiver and no payload. Gives the exit code.
 */
export async function runLive(
  { createDixaWebhooks, DixaError }: Package,
  environment: Environment,
  print: (line: string) => void,
): Promise<number> {
  const { DIXA_API_KEY: apiKey, DIXA_BASE_URL: baseUrl } = environment;
  if (!apiKey) {
    console.error('--live needs an API token: set DIXA_API_KEY to the raw token of an administrator.');
    return 1;
  }
  try {
    const dixa = createDixaWebhooks({ apiKey, baseUrl: baseUrl || undefined });
    const subscriptions = await dixa.list();
    let failing = 0;
    for (const subscription of subscriptions) {
      const statuses = await dixa.deliveryStatuses(subscription.id);
      const rows = statuses.map((status) => ['   ', plain(status.event), ...describeDelivery(status)]);
      failing += rows.filter(([, , state]) => state === 'failing').length;
      print(`${describeSubscription(subscription)} (${plain(subscription.id)})`);
      print(rows.length > 0 ? `${table(rows)}\n` : '    no deliveries shown\n');
    }
    print(`${count(subscriptions.length, 'subscription')}, ${count(failing, 'event')} failing. Nothing was changed.`);
    return 0;
  } catch (error) {
    if (!DixaError.is(error)) throw error;
    console.error(plain(error.message, 400));
    return 1;
  }
}
