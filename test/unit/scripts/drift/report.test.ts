import { expect, it } from 'vitest';
import { type DriftReport, markdownOf } from '../../../../scripts/drift/report.js';
import { driftFrom, replaceInLists, upstreamDocument } from './small-documents.js';

/** One finding of each change, and stale entries. */
function someDrift(): DriftReport {
  const document = replaceInLists(upstreamDocument(), 'AgentBannedIp,', 'AgentBannedIp, TypingEnded,');
  const { CreateInput, NoAuth } = document.components.schemas;
  delete CreateInput.properties.filters;
  NoAuth.additionalProperties = false;
  document.paths['/beta/webhooks/{webhookSubscriptionId}/deliveries/{event}'].get.parameters[1].schema.pattern = '^a';
  return driftFrom(document);
}

it('says in Markdown what differs and where, and the entry that would explain it', () => {
  expect(markdownOf(someDrift())).toMatchInlineSnapshot(`
    "## Drift from Dixa's document

    \`upstream\` (\`Small API beta\`) against \`openapi/dixa-webhooks.yaml\`: 3 unexplained, 2 stale, 24 explained by 8 entries of openapi/curation.yaml.

    Update openapi/dixa-webhooks.yaml. If the contract is right, paste the entry into openapi/curation.yaml and say why. Remove stale entries.

    - [ ] New upstream: \`event type TypingEnded\`
      - contract: \`openapi/dixa-webhooks.yaml:184\`
      - upstream: \`#/components/schemas/Subscription/properties/subscribedEvents/items/description\` and 5 more
        \`\`\`yaml
        - id: event-type-typing-ended
          pointer: "#/components/schemas/WebhookEventType/enum"
          upstream: TypingEnded
          contract: absent
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    - [ ] Only in the contract: \`property filters\`
      - contract: \`openapi/dixa-webhooks.yaml:121\`
      - upstream: \`#/components/schemas/CreateInput/properties/filters\`
        \`\`\`yaml
        - id: property-filters
          pointer: "#/components/schemas/CreateWebhookSubscription/properties/filters"
          upstream: absent
          contract: "optional { [key]: CombinedFilters }"
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    - [ ] Different: \`pattern GET /webhooks/{webhookSubscriptionId}/deliveries/{event} path event\`
      - contract: \`openapi/dixa-webhooks.yaml:77\`
      - upstream: \`#/paths/~1beta~1webhooks~1{webhookSubscriptionId}~1deliveries~1{event}/get/parameters/1/schema/pattern\`
      - ledger: \`event-in-path-is-a-name\` says something else
        \`\`\`yaml
        - id: event-in-path-is-a-name
          pointer: "#/components/parameters/Event/schema/pattern"
          upstream: ^a
          contract: ^[A-Za-z0-9]+$
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    - [ ] Stale ledger entry: \`sent-objects-are-closed\`
      - place: \`openapi/curation.yaml:29\`
      - pointer: \`#/components/schemas/NoAuth/additionalProperties\`

    - [ ] Stale ledger entry: \`event-in-path-is-a-name\`
      - place: \`openapi/curation.yaml:54\`
      - pointer: \`#/components/parameters/Event/schema/pattern\`"
  `);
});

it('says in Markdown that there is nothing to do', () => {
  expect(markdownOf(driftFrom(upstreamDocument()))).toMatch(
    /: 0 unexplained, 0 stale, \d+ explained by \d+ entries of openapi\/curation\.yaml\.\n\nNothing to do\.$/,
  );
});

it('names both sides of every finding, and the entry that explains it', () => {
  const { unexplained, explained } = someDrift();
  for (const { contract, upstream } of [...unexplained, ...explained]) {
    expect([contract.pointer, ...upstream.pointers].every((pointer) => pointer.startsWith('#/'))).toBe(true);
    expect(contract.says).not.toBe(upstream.says);
  }
  expect(explained.length).toBeGreaterThan(20);
  expect(explained.every(({ entry }) => entry.length > 0)).toBe(true);
});
