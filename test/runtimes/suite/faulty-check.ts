import type { DixaWebhooks, DixaWebhooksOptions, WebhookSubscription } from 'dixa-webhooks';
import type { Check } from './check.js';
import { makeClient, newSubscription, subscriptionId } from './client.js';
import { type Faulty, faulty, type StepName } from './faulty.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

type Run = (dixa: DixaWebhooks, server: Faulty) => Promise<void>;

/** Makes a check whose client talks to a server that treats its requests as the steps say. */
export type FaultyCheck = (name: string, steps: readonly StepName[], run: Run, options?: DixaWebhooksOptions) => Check;

export function faultyCheck(plan: Plan, platform: Platform): FaultyCheck {
  return (name, steps, run, options) => ({
    name,
    async run() {
      const server = faulty(plan, ...steps);
      await run(makeClient(platform, { baseUrl: server.baseUrl, ...options }), server);
    },
  });
}

export const create = (dixa: DixaWebhooks): Promise<WebhookSubscription> => dixa.create(newSubscription);

export const update = (dixa: DixaWebhooks): Promise<WebhookSubscription> =>
  dixa.update(subscriptionId, { enabled: false });
