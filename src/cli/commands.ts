// The single source of `--help`, the README's table and llms.txt, so it imports nothing.

/** The documentation of a command. */
export interface CommandInfo {
  readonly args?: string;
  readonly summary: string;
  readonly options?: readonly (readonly [flags: string, about: string, repeatable?: 'repeatable'])[];
  /** The meaning of exit code 2, if the command can return it. */
  readonly no?: string;
  readonly examples: readonly string[];
  readonly needsKey: boolean;
}

/** The option of every command that needs an API key. */
export const baseUrlOption = ['--base-url <url>', 'the URL of the API; overrides DIXA_BASE_URL'] as const;

const prune = ['--prune', 'also delete subscriptions that are not in the file'] as const;
const yes = ['--yes', 'do not ask for confirmation'] as const;

export const commands = {
  list: {
    summary: 'list all subscriptions',
    examples: ['dixa-webhooks list', "dixa-webhooks list --json | jq -r '.[].id'"],
    needsKey: true,
  },
  get: {
    args: '<id>',
    summary: 'show one subscription',
    options: [['--print-secret', 'print only the secret, for use in a pipe']],
    examples: [
      'dixa-webhooks get 7f2b1c3d-…',
      'dixa-webhooks get 7f2b1c3d-… --print-secret | vault kv put secret/dixa key=-',
    ],
    needsKey: true,
  },
  create: {
    args: '[file]',
    summary: 'create a subscription from JSON in a file or on standard input (-)',
    examples: [
      'dixa-webhooks create subscription.json',
      `echo '{ "name": "Ratings", "url": "https://hooks.example.com", "events": ["ConversationRated"] }' | dixa-webhooks create`,
    ],
    needsKey: true,
  },
  update: {
    args: '<id> [file]',
    summary: 'update a subscription with a flag, or with JSON in a file or on standard input (-)',
    options: [
      ['--enable', 'start delivering events'],
      ['--disable', 'stop delivering events'],
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
    summary: 'show the latest delivery of each event type, for one subscription or all',
    no: 'the latest delivery of an event type failed',
    examples: ['dixa-webhooks status', 'dixa-webhooks status 7f2b1c3d-… || page-someone'],
    needsKey: true,
  },
  logs: {
    args: '<id> <event>',
    summary: 'show the latest deliveries of an event type; --json includes the payloads, which contain personal data',
    options: [['--failed', 'show only failed deliveries']],
    examples: ['dixa-webhooks logs 7f2b1c3d-… ConversationRated --failed'],
    needsKey: true,
  },
  replay: {
    args: '<id>',
    summary:
      'send failed deliveries from the logs again, oldest first and newly signed; skips events that arrived later',
    options: [
      ['--to <url>', 'the receiver to send to, with the headers of the subscription; not needed with --dry-run'],
      ['--event <type>', 'replay only this event type', 'repeatable'],
      ['--all', 'also replay deliveries that succeeded'],
      ['--dry-run', 'show what would be sent, and send nothing'],
    ],
    no: 'a delivery failed',
    examples: [
      'dixa-webhooks replay 7f2b1c3d-… --dry-run',
      'dixa-webhooks replay 7f2b1c3d-… --to https://hooks.example.com/dixa',
    ],
    needsKey: true,
  },
  plan: {
    args: '<file>',
    summary: 'compare the subscriptions with those that a module exports, and change nothing',
    options: [prune],
    no: 'there are changes',
    examples: ['dixa-webhooks plan subscriptions.mjs'],
    needsKey: true,
  },
  apply: {
    args: '<file>',
    summary: 'make the changes that plan shows',
    options: [prune, ['--yes', 'with --prune, do not ask for confirmation']],
    examples: ['dixa-webhooks apply subscriptions.mjs', 'dixa-webhooks apply subscriptions.mjs --prune --yes'],
    needsKey: true,
  },
  sandbox: {
    summary: 'run a local sandbox of Dixa, and print the environment variables to export',
    options: [
      ['--port <number>', 'the port to listen on (default: 3492)'],
      ['--forward-to <url>', 'subscribe this local receiver to all event types'],
    ],
    examples: ['dixa-webhooks sandbox --forward-to http://localhost:3000'],
    needsKey: false,
  },
  trigger: {
    args: '[event]',
    summary: 'send a signed sample event to a receiver; without an event type, list all types',
    options: [
      ['--to <url>', 'the receiver'],
      ['--set <path=json>', 'change a field, such as data.score=1', 'repeatable'],
      ['--file <file>', 'send the event in this JSON file, or on standard input (-), instead of a sample'],
      [
        '--bad [how]',
        'also send bad deliveries, and check that each is refused; or only one: unsigned, garbled, tampered, wrong-secret, reserialised, stale, future or not-an-event',
      ],
      ['--copies <number>', 'send this many duplicates at the same time'],
      ['--delay <ms>', 'wait before sending, in milliseconds'],
      ['--print', 'print the delivery instead of sending it'],
      ['--subscription <id>', 'sign with the secret of this subscription and send its headers; needs an API key'],
      baseUrlOption,
    ],
    no: 'a delivery got the wrong response',
    examples: [
      'dixa-webhooks trigger ConversationRated --to http://localhost:3000 --set data.score=1',
      'dixa-webhooks trigger ConversationRated --to http://localhost:3000 --bad',
    ],
    needsKey: false,
  },
  verify: {
    args: '[file]',
    summary:
      'check the signature of a raw body in a file or on standard input (-); if it is not valid, find out what changed the body',
    options: [
      ['--signature <value>', 'the value of the X-DIXA-SIGNATURE header'],
      ['--at <time>', 'the time of arrival, as ISO 8601 or epoch milliseconds; without it, the time is not checked'],
    ],
    no: 'the signature is not valid',
    examples: ['dixa-webhooks verify body.json --signature t=1700000000000,v1=…'],
    needsKey: false,
  },
} as const satisfies Record<string, CommandInfo>;

/** Examples to start with. */
export const examples = [
  'dixa-webhooks list',
  'dixa-webhooks sandbox --forward-to http://localhost:3000',
  'dixa-webhooks trigger ConversationRated --to http://localhost:3000',
  'dixa-webhooks help trigger',
] as const;

export type CommandName = keyof typeof commands;

/** The option of every command. */
export const jsonOption = ['--json', 'print JSON, and errors as { code, message } on standard error'] as const;

export const environmentVariables = [
  ['DIXA_API_KEY', 'API token of an administrator'],
  ['DIXA_WEBHOOK_SECRET', 'secret of the subscription, for trigger and verify'],
  ['DIXA_BASE_URL', 'URL of the API, such as that of a sandbox'],
  ['NO_COLOR, FORCE_COLOR', 'disable colours, or force them'],
] as const;

export const exitCodes = [
  ['0', 'success'],
  ['1', 'error; the reason is on standard error'],
  ['2', 'the command ran and found a problem; see its help'],
  ['130', 'interrupted with Ctrl-C'],
] as const;
