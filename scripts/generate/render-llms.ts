import { type Contract, ContractError, resolve, type Schema } from '../lib/contract.js';
import { eventTypesOf } from '../lib/events.js';
import { declarationsOf } from './api/declarations.js';
import type { Sources } from './api/sources.js';

/** The sections of the README that describe the package. Those for maintainers are left out. */
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

/** The purpose of each entry point. */
const purposes: Readonly<Record<string, string>> = {
  'dixa-webhooks': 'The client for webhook subscriptions.',
  'dixa-webhooks/receiver': 'The receiver: verifies and parses deliveries and calls handlers.',
  'dixa-webhooks/receiver/node': 'The receiver as a listener for node:http, Express and Connect.',
  'dixa-webhooks/testing': 'Tests of an integration without Dixa: sample events, signed deliveries, a sandbox.',
  'dixa-webhooks/manage': 'Failed deliveries and their replay, subscriptions as code.',
  'dixa-webhooks/receiver/redis': 'Deduplication with Redis, for any number of processes.',
};

/** `llms.txt`: the whole API in one file, for AI tools. */
export function renderLlms(readme: string, contract: Contract, sources: Sources): string {
  const exported = new Set([...sources.exports.values()].flatMap((found) => [...found.keys()]));
  return [
    beginning(readme),
    `## Entry points\n\nThe package is ESM. \`dixa-webhooks/openapi.json\` is the contract (OpenAPI 3.1).\n`,
    ...[...declarationsOf(sources)].map(([entry, code]) => `${headingOf(entry)}\n\n\`\`\`ts\n${code}\n\`\`\``),
    ...sections.map((title) => sectionOf(readme, title)),
    `## Data\n\nThe other objects of the contract. \`?\` marks optional fields. Objects may have more fields, or fewer.\n\n${dataList(contract, exported)}`,
  ]
    .map((part) => part.trim())
    .join('\n\n')
    .concat('\n');
}

/** The introduction of the README, up to its first section. */
function beginning(readme: string): string {
  const [start = ''] = readme.split(/^## /m);
  return linksAsText(start);
}

function sectionOf(readme: string, title: string): string {
  const part = readme.split(/^(?=## )/m).find((each) => each.startsWith(`## ${title}\n`));
  if (!part) throw new ContractError(`README.md has no section "${title}", which llms.txt includes.`);
  return linksAsText(part).replaceAll(/^<!-- .* -->\n/gm, '');
}

/** Replaces links within the README or to files of the repository by their text, because llms.txt is read elsewhere. */
const linksAsText = (markdown: string) =>
  markdown.replaceAll(/\[([^\]]+)\]\((?!https?:)([^)]+)\)/g, (_, text: string, target: string) =>
    `${target}/`.startsWith(text) ? `${text} (in the repository)` : text,
  );

/** The heading of an entry point. An empty name stands for types that no entry point exports. */
function headingOf(entry: string): string {
  if (entry === '') return '### Types used above that are not exported';
  const purpose = purposes[entry];
  if (purpose) return `### ${entry}\n\n${purpose}`;
  throw new ContractError(`${entry} is a new entry point: add its purpose to scripts/generate/render-llms.ts.`);
}

/** The schemas that are neither exported nor the payload of an event. */
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

/** A short description of a type. */
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

/** Objects and long enums are shown by name, everything else in full. */
function typeOfNamed(contract: Contract, name: string, schema: Schema): string {
  return schema.properties || (schema.enum && schema.enum.length > 6) ? name : typeOf(contract, schema);
}
