import { type Contract, ContractError, resolve, type Schema } from '../lib/contract.js';
import { eventTypesOf } from '../lib/events.js';
import { declarationsOf } from './api/declarations.js';
import type { Sources } from './api/sources.js';

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
  'The command',
  'Events',
  'What nobody knows',
] as const;

/** What each entry point is for. */
const purposes: Readonly<Record<string, string>> = {
  'dixa-webhooks': 'The client for webhook subscriptions.',
  'dixa-webhooks/receiver': 'The receiver of events: verifies, parses, hands to handlers.',
  'dixa-webhooks/receiver/node': 'The receiver as a listener of node:http, Express and Connect.',
  'dixa-webhooks/testing': 'Tests an integration without Dixa: sample events, signed deliveries, a sandbox.',
  'dixa-webhooks/manage': 'Failed deliveries and their replay, subscriptions as code.',
  'dixa-webhooks/receiver/redis': 'Handles each event once in any number of processes, over Redis.',
};

/** `llms.txt`: all that it takes to use the package, in one file for programs that read. */
export function renderLlms(readme: string, contract: Contract, sources: Sources): string {
  const exported = new Set([...sources.exports.values()].flatMap((found) => [...found.keys()]));
  return [
    beginning(readme),
    `## Entry points\n\nThe package is ESM and has these; \`dixa-webhooks/openapi.json\` is the contract (OpenAPI 3.1).\n`,
    ...[...declarationsOf(sources)].map(([entry, code]) => `${headingOf(entry)}\n\n\`\`\`ts\n${code}\n\`\`\``),
    ...sections.map((title) => sectionOf(readme, title)),
    `## Data\n\nOther objects of the contract. \`?\` marks what may be absent. There may be more fields, and fewer.\n\n${dataList(contract, exported)}`,
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

/** The heading of an entry point; without a name, of what none of them exports. */
function headingOf(entry: string): string {
  if (entry === '') return '### Not exported, but part of a declaration above';
  const purpose = purposes[entry];
  if (purpose) return `### ${entry}\n\n${purpose}`;
  throw new ContractError(`${entry} is new: say what it is for in scripts/generate/render-llms.ts.`);
}

/** The schemas that no export describes: neither by their names nor, as payloads, by the type of an event. */
function dataList(contract: Contract, exported: ReadonlySet<string>): string {
  const { schemas } = contract.components;
  const payloads = eventTypesOf(contract).map(({ payload }) => payload);
  const data = payloads.flatMap((payload) => nameOf(schemas[payload]?.properties?.data ?? {}) ?? []);
  const described = new Set([...exported, ...payloads, ...data]);
  return Object.entries(schemas)
    .filter(([name]) => !described.has(name))
    .map(([name, schema]) => {
      const fields = fieldsOf(contract, schema);
      const text = fields.length > 0 ? fields.join(', ') : typeOf(contract, schema);
      const summary = /^.*?[.](?= |$)/s.exec(schema.description ?? '')?.[0] ?? '';
      return `- \`${name}\`${summary && ` - ${summary}`} ${text}.`;
    })
    .join('\n');
}

function fieldsOf(contract: Contract, schema: Schema): string[] {
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).map(
    ([name, property]) => `\`${name}${required.includes(name) ? '' : '?'}\`: ${typeOf(contract, property)}`,
  );
}

const nameOf = ({ $ref }: Schema) => $ref?.split('/').at(-1);

/** A type in a word or two. */
function typeOf(contract: Contract, schema: Schema): string {
  const name = nameOf(schema);
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
