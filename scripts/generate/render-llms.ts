import { join } from 'node:path';
import { programOf } from '../lib/compile.js';
import { type Contract, ContractError } from '../lib/contract.js';
import { eventTypesOf } from '../lib/events.js';
import { entryFilesOf, exportsOf } from '../lib/exports.js';
import { readmeFile, referenceFile } from '../lib/package.js';
import type { Files } from './generated-files.js';
import { printerOf } from './print-exports.js';

/** The file that describes the whole API for AI tools. */
export const llmsFile = 'llms.txt';

/** Whole programs that it shows. Tests run them. */
export const programs = {
  'Subscribe to events': 'docs/samples/createWebhookSubscription.ts',
  'Receive events, each once': 'examples/node-http.ts',
  'Test a receiver, without a network': 'docs/samples/testReceiver.ts',
} as const;

const notes = `The package is ESM; \`require()\` works where Node supports it. Nothing happens at import. \`dixa-webhooks/openapi.json\` is the contract.
Not a product of Dixa, and never tested against the live API: what Dixa does not document is marked "observed" or "inferred".
Secrets (the API key, \`secretKey\`, the \`headers\` of a subscription) are never in a message, log or error. Do not log them yourself.
A receiver needs the raw body: the bytes as they arrived, before a parser such as \`express.json()\` reads them.
In what follows, \`readonly\` and the \`| undefined\` of optional properties are left out, and \`= value\` is a default. All times are in milliseconds.`;

const commandNotes = `\`npx dixa-webhooks help <command>\` explains the options. \`--json\` prints JSON. Exit codes: 0 success, 1 error, 2 the command ran and found a problem. It reads DIXA_API_KEY, DIXA_WEBHOOK_SECRET and DIXA_BASE_URL from the environment.`;

/** The purpose of each entry point. */
const purposes: Readonly<Record<string, string>> = {
  'dixa-webhooks': 'the client for webhook subscriptions',
  'dixa-webhooks/receiver': 'verifies deliveries and passes their events to handlers',
  'dixa-webhooks/receiver/node': 'the receiver for node:http, Express, Nest and the like',
  'dixa-webhooks/receiver/redis': 'handles each event once in any number of processes',
  'dixa-webhooks/testing': 'sample events, signed deliveries and a sandbox in place of Dixa',
  'dixa-webhooks/manage': 'failed deliveries and their replay, subscriptions as code',
};

interface Sources {
  readonly root: string;
  readonly packageJson: string;
  readonly contract: Contract;
  /** The texts of {@link programs}. */
  readonly texts: readonly string[];
  /** The text of docs/reference.md. */
  readonly reference: string;
  /** What is about to be written counts instead of what is there. */
  readonly files: Files;
}

/** `llms.txt` */
export function renderLlms({ root, packageJson, contract, texts, reference, files }: Sources): string {
  const readme = files[readmeFile] ?? '';
  const { name, version, description, exports } = JSON.parse(packageJson);
  const entries = [...entryFilesOf({ name, exports }, root)];
  const instead = new Map(Object.entries(files).map(([file, text]) => [join(root, file), text]));
  // Types of the platform are only named, so the compiler needs to know nothing but the language itself.
  const options = { lib: ['lib.es5.d.ts'] };
  const program = programOf(new Map(), { root, instead, files: entries.map(([, file]) => file), options });
  const exported = entries.map(([entry, file]) => [entry, exportsOf(file, program)] as const);
  const all = new Map(exported.flatMap(([, found]) => [...found]));
  const { linesOf, typeText } = printerOf(program.getTypeChecker(), all);
  const printed = new Set<string>();
  const api = exported.flatMap(([entry, found]) => {
    if (!purposes[entry])
      throw new ContractError(`${entry} is new: say what it is for in scripts/generate/render-llms.ts.`);
    const again = [...found.keys()].filter((each) => printed.has(each));
    const lines = linesOf([...found].flatMap(([each, symbol]) => (printed.has(each) ? [] : symbol)));
    for (const each of found.keys()) printed.add(each);
    return [
      `// ${entry}: ${purposes[entry]}`,
      ...lines,
      ...(again.length > 0 ? [`// And again: ${again.join(', ')}`] : []),
    ];
  });
  const eventTypes = eventTypesOf(contract);
  const events = [...new Set(eventTypes.map(({ payload }) => payload))].map((payload) => {
    const names = eventTypes.filter((type) => type.payload === payload).map((type) => type.name);
    const data = all.get(payload.replace('Payload', 'Data'));
    return `${data ? typeText(data) : payload} // ${names.join(', ')}`;
  });
  const commands = [`## npx ${name}`, commandNotes, ...rowsOf(readmeFile, readme, 'command')];
  return [
    `# ${name} ${version}\n\n> ${description}\n\n${notes}\n`,
    ...Object.keys(programs).map((title, index) => `## ${title}\n${code(texts[index] ?? '')}`),
    `## API\n${code(api.join('\n'))}`,
    `## Event types, by the type of \`data\`\n${code(events.join('\n'))}`,
    '## Responses of a receiver, in this order',
    rowsOf(referenceFile, reference, 'response').join('; '),
    '## Retries of GET, PATCH and DELETE, and of POST',
    ...rowsOf(referenceFile, reference, 'what happened'),
    ...commands,
    '',
  ].join('\n');
}

/** Code without blank lines. */
const code = (text: string) => `\`\`\`ts\n${text.trim().replaceAll(/\n\n+/g, '\n')}\n\`\`\``;

/** The rows of the table whose first column has this head, as text. */
function rowsOf(file: string, text: string, first: string): string[] {
  const table = new RegExp(`^\\| ${first} \\|.*\\n(?:\\|.*\\n)+`, 'm').exec(text)?.[0].trim().split('\n') ?? [];
  const [heads = [], , ...rows] = table.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  if (rows.length === 0)
    throw new ContractError(`${file} has no table whose first column is "${first}", which ${llmsFile} shows.`);
  return rows.map(([cell, about, ...others]) => {
    const more = others.map((other, index) => other && `; ${heads[index + 2]}: ${other}`);
    return `${cell}: ${about}${more.join('')}`;
  });
}
