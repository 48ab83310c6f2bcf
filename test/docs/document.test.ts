import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageDocument } from '../../scripts/lib/docs/document.js';
import { eventTypesOf } from '../../scripts/lib/events.js';
import { root } from '../../scripts/lib/package.js';
import { readContract } from './contract.js';

const contract = readContract();
const introduction = await readFile(join(root, 'docs/introduction.md'), 'utf8');
const document = pageDocument(contract, { introduction, samples: {} });

describe('the document behind the page', () => {
  it('fills in every name of the introduction', () => {
    expect(document.info.description).toContain(`7\noperations, ${eventTypesOf(contract).length} events`);
    expect(document.info.description).toContain('<span class="evidence inferred">inferred</span>');
    expect(document.info.description).toContain('**Secrets.** Each reply');
    expect(document.info.description).not.toMatch(/\{\w+\}/);
  });

  it.each(eventTypesOf(contract))('calls $name by its name, and tells its event_fqn and how sure it is', (type) => {
    const { summary, description = '' } = document.webhooks[type.name]?.post ?? {};
    expect(summary).toBe(type.name);
    expect(description).toContain(type.summary);
    const mark = `<span class="evidence ${type.fqnEvidence}">${type.fqnEvidence}</span>`;
    expect(description).toContain(`| event_fqn | ${mark} \`${type.fqn}\``);
    if (type.fqnDoubt) expect(description).toContain(type.fqnDoubt);
    expect(description).toContain(`| payload | <span class="evidence ${type.payloadEvidence}">`);
    expect(description).toContain(`receiver.on('${type.name}', (event) => {`);
    const [, link] = new RegExp(`\\[${type.name}\\]\\((.+?)\\)`).exec(document.tags[2]?.description ?? '') ?? [];
    expect(link).toBe(`#/events/${type.name.toLowerCase()}`);
  });

  it('marks each description of what Dixa does not document', () => {
    const statements = withEvidence(document);
    expect(statements.length).toBeGreaterThan(10);
    for (const { evidence, description } of statements) {
      expect(description).toMatch(new RegExp(`^<span class="evidence ${evidence}">${evidence}</span> `));
    }
  });

  it('tells of single values what they mean, and where they come from', () => {
    const texts = document.components.schemas.WebhookEventType?.['x-enumDescriptions'] ?? {};
    expect(texts.ConversationRated).toBe('A conversation was rated, or a rating got a comment.');
    expect(texts.TypingStarted).toContain("Known from Dixa's OpenAPI document for beta, June 2026.");
    expect(texts.ConversationMessageDeliverySeen).toMatch(/^<span class="evidence inferred">/);
  });

  it('shows the examples of the contract in place of invented ones', () => {
    const { WebhookSubscription, ConversationRatedPayload, User, NoAuth } = document.components.schemas;
    expect(WebhookSubscription?.example).toMatchObject({ id: expect.any(String), secretKey: expect.any(String) });
    expect(ConversationRatedPayload?.example).toMatchObject({ event_fqn: 'CONVERSATION_RATED', data: { score: 5 } });
    expect(User?.example).toMatchObject({ roles: expect.any(Array) });
    expect(NoAuth?.example).toEqual({ _type: 'NoAuth' });
  });

  it('leaves the contract as it was', () => {
    expect(contract).toEqual(readContract());
  });

  it('says what is missing where the contract no longer has a paragraph that it shows', () => {
    const changed = { ...contract, info: { ...contract.info, description: 'Another text.' } };
    expect(() => pageDocument(changed, { introduction, samples: {} })).toThrow(
      'info.description has no paragraph that begins with **What is sent is closed',
    );
  });
});

/** What carries `x-evidence` and has something to say. */
function withEvidence(node: unknown): { evidence: string; description: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const { 'x-evidence': evidence, description } = node as Record<string, unknown>;
  const own =
    typeof evidence === 'string' && typeof description === 'string' && !('x-event-fqn' in node)
      ? [{ evidence, description }]
      : [];
  return [...own, ...Object.values(node).flatMap(withEvidence)];
}
