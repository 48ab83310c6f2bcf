import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageDocument } from '../../scripts/docs/document.js';
import { mark } from '../../scripts/docs/evidence.js';
import { readPrograms } from '../../scripts/docs/page.js';
import { type Contract, operationsOf, type Schema } from '../../scripts/lib/contract.js';
import { type Evidence, eventTypesOf } from '../../scripts/lib/events.js';
import { root } from '../../scripts/lib/package.js';
import { readContract } from './contract.js';

const contract = readContract();
const introduction = await readFile(join(root, 'docs/introduction.md'), 'utf8');
const texts = {
  packageVersion: '1.2.3',
  introduction,
  reference: '# Reference\n\nText.\n\n## Retries\n\nSee [the README](../README.md).\n\n```ts\nretry();\n```\n',
  commands: '| `list` | list all subscriptions | |',
  programs: await readPrograms(root),
};
const document = pageDocument(contract, texts);

describe('the document behind the page', () => {
  it('fills in every name of the introduction', () => {
    expect(document.info.description).toContain(`7 operations, ${eventTypesOf(contract).length} events`);
    expect(document.info.description).toContain(`| ${mark('inferred')} | A guess, not documented by Dixa.`);
    expect(document.info.description).toContain('```ts\nimport { verifyEvent }');
    expect(document.info.description).toContain('await sandbox.trigger(');
    expect(document.info.description).toContain('| `list` | list all subscriptions | |');
    expect(document.info.version).toBe('1.2.3');
    expect(document.info.description).toContain('## Retries\n\nSee the README.\n\n```ts\nretry();\n```\n');
    expect(document.info.description).not.toMatch(/^\{\w+\}$/m);
  });

  it('has the program of an operation in its description, and the same call for curl beside it', () => {
    const get = document.paths['/webhooks/{webhookSubscriptionId}']?.get;
    expect(get?.description).toMatch(/^Returns? .*```ts\n.*dixa\.get\(id\)/s);
    const curl = { lang: 'bash', label: 'curl', source: expect.stringMatching(/^curl /) };
    expect(get).toMatchObject({ 'x-codeSamples': [curl] });
  });

  it('asks for the program of an operation that has none', () => {
    const path = contract.paths['/webhooks'] ?? {};
    const get = { operationId: 'countWebhookSubscriptions', description: 'Counts.', responses: {} };
    const changed = { ...contract, paths: { '/webhooks': { ...path, get } } };
    expect(() => pageDocument(changed, texts)).toThrow(
      'countWebhookSubscriptions has no sample: write docs/samples/countWebhookSubscriptions.ts.',
    );
  });

  it.each(eventTypesOf(contract))('calls $name by its name, and tells its event_fqn and how sure it is', (type) => {
    const { summary, description = '', requestBody } = document.webhooks[type.name]?.post ?? {};
    expect(summary).toBe(type.name);
    expect(description).toContain(type.summary);
    expect(description).toContain(`| its meaning | ${mark(type.summaryEvidence)} |`);
    const doubt = type.fqnDoubt ? `. ${type.fqnDoubt}` : '';
    expect(description).toContain(`| \`event_fqn\` is \`${type.fqn}\`${doubt} | ${mark(type.fqnEvidence)} |`);
    const gap = type.payloadGap ? `. ${type.payloadGap}` : '';
    expect(description).toContain(`| the content of \`data\`${gap} | ${mark(type.payloadEvidence)} |`);
    expect(description).toContain(`receiver.on('${type.name}', (event) =>`);
    const [, link] = new RegExp(`\\[${type.name}\\]\\((.+?)\\)`).exec(document.tags[2]?.description ?? '') ?? [];
    expect(link).toBe(`#/events/${type.name.toLowerCase()}`);
    const [example] = Object.values(requestBody?.content['application/json']?.examples ?? {});
    expect(example?.value).toMatchObject({ event_fqn: type.fqn });
  });

  it('marks each description of what Dixa does not document', () => {
    const statements = withEvidence(document);
    expect(statements.length).toBeGreaterThan(10);
    for (const { evidence, description } of statements) {
      expect(description.startsWith(`${mark(evidence)} `)).toBe(true);
    }
  });

  it('does not repeat the mark in words', () => {
    expect(contract.components.schemas.MessageContent?.description).toBe(
      'The content of a message. Observed, not documented.',
    );
    expect(document.components.schemas.MessageContent?.description).toBe(
      `${mark('observed')} The content of a message.`,
    );
  });

  it('has no broken links', () => {
    const headings = [...(document.info.description ?? '').matchAll(/^## (.+)$/gm)].map(([, title]) => slug(title));
    const pages = Object.entries(pagesByTag(document)).flatMap(([tag, names]) => [
      `#/${tag}`,
      ...names.map((name) => `#/${tag}/${name.toLowerCase()}`),
    ]);
    const targets = new Set([...headings.map((each) => `#/section/${each}`), ...pages]);
    const links = [...JSON.stringify(document).matchAll(/\]\((#[^)]*)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(70);
    expect(links.filter((link) => !targets.has(link))).toEqual([]);
  });

  it('lists the schemas that a reader looks for, by their names', () => {
    const listed = listedSchemas(document);
    expect(listed).toEqual([...listed].sort());
    expect(listed).toEqual(
      expect.arrayContaining(['BasicAuth', 'Conversation', 'CustomHeaders', 'WebhookEventType', 'WebhookSubscription']),
    );
    expect(listed.filter((name) => /Payload|Data$|Response|DeliveryTimestamp|FilterValues/.test(name))).toEqual([]);
  });

  it('does not change the contract', () => {
    expect(contract).toEqual(readContract());
  });
});

const slug = (title = '') => title.toLowerCase().replaceAll(' ', '-');

/** The schemas of the menu: Redoc leaves out those under tags of which the document has none. */
const listedSchemas = ({ components }: Contract) =>
  Object.entries(components.schemas).flatMap(([name, schema]) => ('x-tags' in schema ? [] : [name]));

/** What Redoc makes a page of, under the names of the menu. */
function pagesByTag(document: Contract): Record<string, string[]> {
  const operations = [...operationsOf(document)].map(({ operation }) => operation);
  const ofTag = (tag: string) =>
    operations.filter(({ tags }) => tags?.includes(tag)).map(({ operationId }) => operationId);
  return {
    subscriptions: ofTag('Subscriptions'),
    deliveries: ofTag('Deliveries'),
    events: Object.keys(document.webhooks),
    schemas: listedSchemas(document),
  };
}

/** What carries a mark of its own and has something to say. */
function withEvidence(node: unknown): { evidence: Evidence; description: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const { 'x-evidence': marks, description } = node as Schema;
  const own = marks?.this && typeof description === 'string' ? [{ evidence: marks.this, description }] : [];
  return [...own, ...Object.values(node).flatMap(withEvidence)];
}
