import { type Contract, ContractError, resolve, type Schema } from '../lib/contract.js';
import type { Declared, Modules } from './api/modules.js';
import { print, summaryOf } from './api/print.js';
import type { Sources } from './api/render-api.js';
import { inOrder } from './api/report.js';

/** The sections of the README that tell what the package does, without what is for those who have the repository. */
const sections = [
  'The client',
  'Errors',
  'Retries',
  'Rate limits',
  'Timeouts',
  'Secrets',
  'Recipes',
  'Receive events',
  'Events',
  'What nobody knows',
] as const;

/** What each entry point is for. */
const purposes: Readonly<Record<string, string>> = {
  'dixa-webhooks': 'The client for webhook subscriptions.',
  'dixa-webhooks/receiver': 'The receiver of events: verifies, parses, hands to handlers.',
  'dixa-webhooks/receiver/node': 'The receiver as a listener of node:http, Express and Connect.',
  'dixa-webhooks/receiver/redis': 'Handles each event once in any number of processes, over Redis.',
};

/** `llms.txt`: all that it takes to use the package, in one file for programs that read. */
export function renderLlms(readme: string, contract: Contract, { surface, modules }: Sources): string {
  return [
    beginning(readme),
    `## Entry points\n\nThe package is ESM and has these; \`dixa-webhooks/openapi.json\` is the contract (OpenAPI 3.1).\n`,
    ...[...surface.entries].map(([name, found]) => exportList(name, found, modules)),
    ...sections.map((title) => sectionOf(readme, title)),
    `## Data\n\nThe objects of the contract; \`?\` marks what may be absent. Those of events may hold more, and less.\n\n${dataList(contract)}`,
  ]
    .map((part) => part.trim())
    .join('\n\n')
    .concat('\n');
}

/** The README up to its first section, with the lines that say what this is before all else. */
function beginning(readme: string): string {
  const [start = ''] = readme.split(/^## /m);
  return linksAsText(start);
}

function sectionOf(readme: string, title: string): string {
  const part = readme.split(/^(?=## )/m).find((each) => each.startsWith(`## ${title}\n`));
  if (!part) throw new ContractError(`README.md has no section "${title}", which llms.txt is to hold.`);
  return linksAsText(part).replaceAll(/^<!-- .* -->\n/gm, '');
}

/** The text of links that lead to this document or to files of the repository, which are not where it is read. It says so of files that it names. */
const linksAsText = (markdown: string) =>
  markdown.replaceAll(/\[([^\]]+)\]\((?!https?:)([^)]+)\)/g, (_, text: string, target: string) =>
    `${target}/`.startsWith(text) ? `${text} (in the repository)` : text,
  );

function exportList(name: string, found: ReadonlyMap<string, Declared>, modules: Modules): string {
  const purpose = purposes[name];
  if (!purpose) throw new ContractError(`${name} is new: say what it is for in scripts/generate/render-llms.ts.`);
  const lines = [...found].sort(inOrder).map(([each, declared]) => {
    const summary = summaryOf(declared);
    return `- \`${signatureOf(each, declared, modules)}\`${summary && ` - ${summary}`}`;
  });
  return `### ${name}\n\n${purpose}\n\n${lines.join('\n')}\n`;
}

/** A function with what it takes and gives; of all else the kind and the name. */
function signatureOf(name: string, declared: Declared, modules: Modules): string {
  const [first = ''] = print(declared, modules).split('\n');
  if (first.startsWith('function ') && first.endsWith(';')) return first.slice('function '.length, -1);
  const [kind] = first.split(' ');
  return `${kind} ${name}`;
}

function dataList(contract: Contract): string {
  return Object.entries(contract.components.schemas)
    .flatMap(([name, schema]) => {
      const fields = fieldsOf(contract, schema);
      if (fields.length === 0) return [];
      const summary = /^.*?[.](?= |$)/s.exec(schema.description ?? '')?.[0] ?? '';
      return [`- \`${name}\`${summary && ` - ${summary}`} ${fields.join(', ')}.`];
    })
    .join('\n');
}

function fieldsOf(contract: Contract, schema: Schema): string[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).map(
    ([name, property]) => `\`${name}${required.includes(name) ? '' : '?'}\`: ${typeOf(contract, property)}`,
  );
}

/** A type in a word or two. */
function typeOf(contract: Contract, schema: Schema): string {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return typeOfNamed(contract, name, resolve(contract, schema));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items) {
    const item = typeOf(contract, schema.items);
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.enum) return schema.enum.map((each) => `"${each}"`).join(' | ');
  const members = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (members) return members.map((member) => typeOf(contract, member)).join(' | ');
  if (schema.properties) return `{ ${fieldsOf(contract, schema).join(', ')} }`;
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  return schema.type ?? 'any';
}

/** What is short is told where it is used; objects and long lists are called by their names. */
function typeOfNamed(contract: Contract, name: string, schema: Schema): string {
  return schema.properties || (schema.enum && schema.enum.length > 6) ? name : typeOf(contract, schema);
}
