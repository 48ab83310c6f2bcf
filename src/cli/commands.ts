// The one table of what the command can do. It makes `--help`, the README's table and llms.txt, so it imports nothing.

/** A command as people read of it. */
export interface CommandInfo {
  readonly args?: string;
  readonly summary: string;
  readonly options?: readonly (readonly [flags: string, about: string, repeatable?: 'repeatable'])[];
  /** What exit code 2 means, if it can occur. */
  readonly no?: string;
  readonly examples: readonly string[];
  readonly needsKey: boolean;
}

/** What every command that needs an API key takes. */
export const baseUrlOption = ['--base-url <url>', 'the address of the API, instead of DIXA_BASE_URL'] as const;

const prune = ['--prune', 'also delete the subscriptions that the file does not name'] as const;
const yes = ['--yes', 'do not ask first'] as const;

export const commands = {
  list: {
    summary: 'list all subscriptions',
    examples: ['dixa-webhooks list', "dixa-webhooks list --json | jq -r '.[].id'"],
    needsKey: true,
  },
  get: {
    args: '<id>',
    summary: 'show one subscription',
    options: [['--print-secret', 'print only its secret, for a pipe']],
    examples: [
      'dixa-webhooks get 7f2b1c3d-…',
      'dixa-webhooks get 7f2b1c3d-… --print-secret | vault kv put secret/dixa key=-',
    ],
    needsKey: true,
  },
  create: {
    args: '[file]',
    summary: 'create a subscription from JSON: a file, or standard input (-)',
    examples: [
      'dixa-webhooks create subscription.json',
      `echo '{ "name": "Ratings", "url": "https://hooks.example.com", "events": ["ConversationRated"] }' | dixa-webhooks create`,
    ],
    needsKey: true,
  },
  update: {
    args: '<id> [file]',
    summary: 'change what is given: JSON from a file or standard input (-), or a flag',
    options: [
      ['--enable', 'deliver events'],
      ['--disable', 'deliver no events'],
    ],
    examples: ['dixa-webhooks update 7f2b1c3d-… --disable', 'dixa-webhooks update 7f2b1c3d-… changes.json'],
    needsKey: true,
  },
  delete: {
    args: '<id>',
    summary: 'delete a subscription and its secret',
    options: [yes],
    examples: ['dixa-webhooks delete 7f2b1c3d-… --yes'],
    needsKey: true,
  },
  status: {
    args: '[id]',
    summary: 'show the latest delivery of each event type, of one subscription or all',
    no: 'a latest delivery failed',
    examples: ['dixa-webhooks status', 'dixa-webhooks status 7f2b1c3d-… || page-someone'],
    needsKey: true,
  },
  logs: {
    args: '<id> <event>',
    summary: 'show the latest deliveries of an event type; as JSON with their payloads, which hold personal data',
    options: [['--failed', 'only those that failed']],
    examples: ['dixa-webhooks logs 7f2b1c3d-… ConversationRated --failed'],
    needsKey: true,
  },
  replay: {
    args: '<id>',
    summary: 'send failed deliveries again from the logs, oldest first, signed anew; skips what arrived later',
    options: [
      ['--to <url>', 'where to send them, with the headers of the subscription'],
      ['--event <type>', 'only this event type', 'repeatable'],
      ['--all', 'also those that did not fail'],
      ['--dry-run', 'show what would be sent'],
    ],
    no: 'a delivery was refused',
    examples: [
      'dixa-webhooks replay 7f2b1c3d-… --dry-run',
      'dixa-webhooks replay 7f2b1c3d-… --to https://hooks.example.com/dixa',
    ],
    needsKey: true,
  },
  plan: {
    args: '<file>',
    summary: 'compare subscriptions with those that a module exports, and change nothing',
    options: [prune],
    no: 'there are changes',
    examples: ['dixa-webhooks plan subscriptions.mjs'],
    needsKey: true,
  },
  apply: {
    args: '<file>',
    summary: 'make the changes of the plan',
    options: [prune, ['--yes', 'delete without asking, with --prune']],
    examples: ['dixa-webhooks apply subscriptions.mjs', 'dixa-webhooks apply subscriptions.mjs --prune --yes'],
    needsKey: true,
  },
  sandbox: {
    summary: 'run a sandbox of Dixa on this machine, and print what to export',
    options: [
      ['--port <number>', 'the port to listen on (default: 3492)'],
      ['--forward-to <url>', 'subscribe this receiver on this machine to all event types'],
    ],
    examples: ['dixa-webhooks sandbox --forward-to http://localhost:3000'],
    needsKey: false,
  },
  trigger: {
    args: '[event]',
    summary: 'send a signed sample event to a receiver; without an event, list them',
    options: [
      ['--to <url>', 'the receiver'],
      ['--set <path=json>', 'change a field, such as data.score=1', 'repeatable'],
      ['--file <file>', 'send the event in this JSON file instead of a sample (-: standard input)'],
      ['--bad [how]', 'also send spoiled deliveries, and check that each is refused'],
      ['--copies <number>', 'send so many at the same time, as duplicates'],
      ['--delay <ms>', 'wait before sending'],
      ['--print', 'print the delivery instead of sending it'],
      ['--subscription <id>', 'sign with the secret of this subscription and send its headers; needs an API key'],
      baseUrlOption,
    ],
    no: 'a wrong response',
    examples: [
      'dixa-webhooks trigger ConversationRated --to http://localhost:3000 --set data.score=1',
      'dixa-webhooks trigger ConversationRated --to http://localhost:3000 --bad',
    ],
    needsKey: false,
  },
  verify: {
    args: '[file]',
    summary:
      'check the signature of a raw body: a file, or standard input (-); if it does not hold, say what changed the body',
    options: [
      ['--signature <value>', 'the value of the header X-DIXA-SIGNATURE'],
      ['--at <time>', 'when it arrived, as ISO 8601 or epoch milliseconds; without it the time is not checked'],
    ],
    no: 'the signature does not hold',
    examples: ['dixa-webhooks verify body.json --signature t=1700000000000,v1=…'],
    needsKey: false,
  },
} as const satisfies Record<string, CommandInfo>;

/** Where to begin. */
export const examples = [
  'dixa-webhooks list',
  'dixa-webhooks sandbox --forward-to http://localhost:3000',
  'dixa-webhooks trigger ConversationRated --to http://localhost:3000',
  'dixa-webhooks help trigger',
] as const;

export type CommandName = keyof typeof commands;

/** What every command takes. */
export const jsonOption = ['--json', 'print JSON; errors too, as { code, message } on standard error'] as const;

export const environmentVariables = [
  ['DIXA_API_KEY', 'API token of an administrator'],
  ['DIXA_WEBHOOK_SECRET', 'secret of the subscription, for trigger and verify'],
  ['DIXA_BASE_URL', 'address of the API, such as that of a sandbox'],
  ['NO_COLOR, FORCE_COLOR', 'without colours, or always with them'],
] as const;

export const exitCodes = [
  ['0', 'yes: it is done, or all is well'],
  ['1', 'it could not be done; standard error says why'],
  ['2', 'it is done, and the answer is no'],
  ['130', 'ended by Ctrl-C'],
] as const;
