import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareApi } from '../../../../scripts/breaking/api.js';
import { root } from '../../../../scripts/lib/package.js';

const api = readFileSync(join(root, 'api.md'), 'utf8');

/** What is said of a change of the real report. */
function changes(from: string | RegExp, to: string): string[] {
  const now = api.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
  if (now === api) throw new Error(`api.md does not hold ${from}`);
  return compareApi(api, now).map(({ level, where, what }) => `${level} ${where} ${what}`);
}

const client = 'dixa-webhooks';
const receiver = 'dixa-webhooks/receiver';
const both = `${client}, ${receiver}`;
const required = 'is new and required, so that what was given before is refused';

describe('two reports of the API', () => {
  it('that are the same, or differ in comments and order alone, differ in nothing', () => {
    expect(compareApi(api, api)).toEqual([]);
    expect(changes('A filter that passes events for which', 'Passes events where')).toEqual([]);
  });

  it.each([
    [
      'an export that is gone',
      /### `allOf`[\s\S]*?```ts[\s\S]*?```\n/,
      '',
      [`major ${client}: allOf is not exported any more`],
    ],
    [
      'a new export',
      '### `allOf`\n',
      '### `all`\n\n```ts\nfunction all(): void;\n```\n\n### `allOf`\n',
      [`minor ${client}: all is new`],
    ],
    [
      'an entry point that is gone',
      /## `dixa-webhooks\/receiver\/redis`[\s\S]*?(?=## Not)/,
      '',
      ['major dixa-webhooks/receiver/redis is no entry point any more'],
    ],
    [
      'an option of another type',
      'maxRetries?: number | undefined',
      'maxRetries?: string | undefined',
      ['CallOptions', 'DixaWebhooksOptions'].map(
        (name) => `major ${client}: ${name}.maxRetries was \`number | undefined\`, is \`string | undefined\``,
      ),
    ],
    [
      'an option that takes more',
      'pendingWaitMs?: number | undefined',
      'pendingWaitMs?: number | string | undefined',
      [`minor ${receiver}: ReceiverOptions.pendingWaitMs also takes string`],
    ],
    [
      'an option that takes less',
      'pendingWaitMs?: number | undefined',
      'pendingWaitMs?: number',
      [`major ${receiver}: ReceiverOptions.pendingWaitMs no longer takes undefined`],
    ],
    [
      'a new option',
      'interface RateLimit {',
      'interface RateLimit {\n  more?: string;',
      [`minor ${client}: RateLimit.more is new`],
    ],
    [
      'a new required option',
      'interface RateLimit {',
      'interface RateLimit {\n  more: string;',
      [`major ${client}: RateLimit.more ${required}`],
    ],
    [
      'a new required property of what is sent',
      'type CreateWebhookSubscription = {',
      'type CreateWebhookSubscription = {\n  more: string;',
      [`major Schemas['CreateWebhookSubscription'].more ${required}`],
    ],
    [
      'a new optional property of what is sent',
      'type CreateWebhookSubscription = {',
      'type CreateWebhookSubscription = {\n  more?: string;',
      ["minor Schemas['CreateWebhookSubscription'].more is new"],
    ],
    [
      'a new property of what is read',
      'type WebhookSubscription = {',
      'type WebhookSubscription = {\n  more: string;',
      ["minor Schemas['WebhookSubscription'].more is new"],
    ],
    [
      'a property of what is read that may now be absent',
      '  secretKey: string;',
      '  secretKey?: string;',
      ["major Schemas['WebhookSubscription'].secretKey may now be absent, which those who read it do not expect"],
    ],
    [
      'a new event type',
      "  'TypingStarted'\n",
      "  'TypingStarted',\n  'TypingStopped'\n",
      [`minor ${both}: webhookEventTypes also holds 'TypingStopped'`],
    ],
    [
      'the event of a new event type',
      'interface WebhookEvents {',
      'interface WebhookEvents {\n  TypingStopped: TypingStartedEvent;',
      [`minor ${receiver}: WebhookEvents.TypingStopped is new`],
    ],
    [
      'an event type that is gone',
      "'SLAEvaluationVoided',\n  'TypingStarted'",
      "'SLAEvaluationVoided'",
      [`major ${both}: webhookEventTypes no longer holds 'TypingStarted'`],
    ],
    [
      'a value more for a list that is open',
      "'InitialChannel' | ",
      "'InitialChannel' | 'New' | ",
      ["minor Schemas['FilterField'] also takes 'New'"],
    ],
    [
      'a value less for a list that is open',
      "'InitialChannel' | ",
      '',
      ["major Schemas['FilterField'] no longer takes 'InitialChannel'"],
    ],
    [
      'a value more in a closed list that is read',
      "type SignatureFailure = 'missing-header'",
      "type SignatureFailure = 'new' | 'missing-header'",
      [`major ${receiver}: SignatureFailure can also be 'new', which those who read it do not expect`],
    ],
    [
      'a new method of what the package makes',
      '  list(options',
      '  count(): number;\n  list(options',
      [`minor ${client}: DixaWebhooks.count is new`],
    ],
    [
      'a new method of what the user may make',
      '  claim(key',
      '  has(key: string): boolean;\n  claim(key',
      [`major ${receiver}: DedupeStore.has ${required}`],
    ],
    ['a parameter of another name', 'get(id: string,', 'get(subscriptionId: string,', []],
    [
      'a parameter that can no longer be left out',
      'list(options?: CallOptions)',
      'list(options: CallOptions)',
      [`major ${client}: DixaWebhooks.list(options) can no longer be left out`],
    ],
    [
      'a new optional parameter',
      'noAuth(): NoAuth',
      'noAuth(scheme?: string): NoAuth',
      [`minor ${client}: noAuth has the new parameter \`scheme?: string\``],
    ],
    [
      'a new required parameter',
      'noAuth(): NoAuth',
      'noAuth(scheme: string): NoAuth',
      [`major ${client}: noAuth has the new parameter \`scheme: string\`, which calls do not give`],
    ],
    [
      'a result that may also be absent',
      'list(options?: CallOptions): Promise<WebhookSubscription[]>',
      'list(options?: CallOptions): Promise<WebhookSubscription[] | undefined>',
      [`major ${client}: DixaWebhooks.list() can also be undefined, which those who read it do not expect`],
    ],
    [
      'a change in what is not exported, but part of a signature',
      'eval(script: string, options',
      'eval(script: URL, options',
      ['major NodeRedis.eval(script) was `string`, is `URL`'],
    ],
    [
      'another base of a class',
      'class DixaInputError extends DixaError',
      'class DixaInputError extends Error',
      [`major ${client}: DixaInputError extends DixaError → extends Error: what it inherits may differ`],
    ],
    [
      'an interface that became a type',
      'interface RateLimit {',
      'type RateLimit = {',
      [expect.stringMatching(/^major dixa-webhooks: RateLimit was `interface/)],
    ],
  ] as [string, string | RegExp, string, unknown[]][])('tell of %s', (_, from, to, expected) => {
    expect(changes(from, to)).toEqual(expected);
  });
});
