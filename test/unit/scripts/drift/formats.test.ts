import { expect, it } from 'vitest';
import { formatMarkdown } from '../../../../scripts/drift/format-markdown.js';
import { formatText } from '../../../../scripts/drift/format-text.js';
import { type DriftReport, hasDrift } from '../../../../scripts/drift/report.js';
import { driftFrom, replaceInLists, upstreamDocument } from './small-documents.js';

/** A little of everything. */
function someDrift(): DriftReport {
  const document = replaceInLists(upstreamDocument(), 'AgentBannedIp,', 'AgentBannedIp, TypingEnded, AgentSeen,');
  const { Log, CreateInput, NoAuth } = document.components.schemas;
  Log.properties.attempt = { type: 'integer' };
  Log.required.pop();
  delete CreateInput.properties.filters;
  NoAuth.additionalProperties = false;
  document.paths['/beta/webhooks/{webhookSubscriptionId}/deliveries/{event}'].get.parameters[1].schema.pattern = '^a';
  return driftFrom(document);
}

it('tells in text what and where, and what to do', () => {
  expect(formatText(someDrift())).toMatchInlineSnapshot(`
    "upstream (Small API beta)
    against openapi/dixa-webhooks.yaml (2026-11)

    New upstream: event type AgentSeen, TypingEnded
      contract  openapi/dixa-webhooks.yaml:184
      upstream  #/components/schemas/Subscription/properties/subscribedEvents/items/description and 5 more
      to do     Add \`AgentSeen\`, \`TypingEnded\` to \`#/components/schemas/WebhookEventType/enum\` and to \`webhooks\`, each with a payload in openapi/events/ and an example in openapi/examples/events/; or write a ledger entry.
      entry     - id: event-type-agent-seen
                  pointer: "#/components/schemas/WebhookEventType/enum"
                  upstream: AgentSeen
                  contract: absent
                  why:
                  evidence: # documented, observed or inferred
                # and one for each of the others

    New upstream: property attempt
      contract  openapi/dixa-webhooks.yaml:200
      upstream  #/components/schemas/Log/properties/attempt
      to do     Add \`attempt\` at \`#/components/schemas/DeliveryDetail/properties/attempt\`; or write a ledger entry.
      entry     - id: property-attempt
                  pointer: "#/components/schemas/DeliveryDetail/properties/attempt"
                  upstream: optional integer
                  contract: absent
                  why:
                  evidence: # documented, observed or inferred

    Only in the contract: property filters
      contract  openapi/dixa-webhooks.yaml:121
      upstream  #/components/schemas/CreateInput/properties/filters
      to do     Upstream lacks \`filters\`: if the contract is right, write a ledger entry; else remove it, a breaking change.
      entry     - id: property-filters
                  pointer: "#/components/schemas/CreateWebhookSubscription/properties/filters"
                  upstream: absent
                  contract: "optional { [key]: CombinedFilters }"
                  why:
                  evidence: # documented, observed or inferred

    Only in the contract: required property payload
      contract  openapi/dixa-webhooks.yaml:193
      upstream  #/components/schemas/Log/required
      to do     Take \`payload\` out of \`#/components/schemas/Delivery/allOf/1/required\`; or write a ledger entry.
      entry     - id: required-property-payload
                  pointer: "#/components/schemas/Delivery/allOf/1/required"
                  upstream: absent
                  contract: payload
                  why:
                  evidence: # documented, observed or inferred

    Different: pattern path event
      contract  openapi/dixa-webhooks.yaml:77
      upstream  #/paths/~1beta~1webhooks~1{webhookSubscriptionId}~1deliveries~1{event}/get/parameters/1/schema/pattern
      ledger    event-in-path-is-a-name speaks of other values
      to do     Follow it at \`#/components/parameters/Event/schema/pattern\`: it says \`^[A-Za-z0-9]+$\`, upstream \`^a\`; or write a ledger entry.
      entry     - id: event-in-path-is-a-name
                  pointer: "#/components/parameters/Event/schema/pattern"
                  upstream: ^a
                  contract: ^[A-Za-z0-9]+$
                  why:
                  evidence: # documented, observed or inferred

    Stale ledger entry: sent-objects-are-closed
      ledger    openapi/curation.yaml:29
      contract  #/components/schemas/NoAuth/additionalProperties
      to do     Upstream and the contract agree here now: take the place out of the entry, or remove the entry.

    Stale ledger entry: event-in-path-is-a-name
      ledger    openapi/curation.yaml:54
      contract  #/components/parameters/Event/schema/pattern
      to do     What it says does not hold here any more: follow upstream, or bring the entry up to date.

    drift: 6 unexplained, 2 stale, 24 explained by 8 entries of openapi/curation.yaml."
  `);
});

it('writes in Markdown what can be ticked off', () => {
  expect(formatMarkdown(someDrift())).toMatchInlineSnapshot(`
    "## Drift from Dixa's document

    \`upstream\` (\`Small API beta\`) against \`openapi/dixa-webhooks.yaml\`: 6 unexplained, 2 stale, 24 explained by 8 entries of openapi/curation.yaml.

    ### New upstream

    - [ ] **event type** \`AgentSeen\`, \`TypingEnded\`
      - contract: \`openapi/dixa-webhooks.yaml:184\`
      - upstream: \`#/components/schemas/Subscription/properties/subscribedEvents/items/description\` and 5 more
      - to do: Add \`AgentSeen\`, \`TypingEnded\` to \`#/components/schemas/WebhookEventType/enum\` and to \`webhooks\`, each with a payload in openapi/events/ and an example in openapi/examples/events/; or write a ledger entry.
        \`\`\`yaml
        - id: event-type-agent-seen
          pointer: "#/components/schemas/WebhookEventType/enum"
          upstream: AgentSeen
          contract: absent
          why:
          evidence: # documented, observed or inferred
        # and one for each of the others
        \`\`\`

    - [ ] **property** \`attempt\`
      - contract: \`openapi/dixa-webhooks.yaml:200\`
      - upstream: \`#/components/schemas/Log/properties/attempt\`
      - to do: Add \`attempt\` at \`#/components/schemas/DeliveryDetail/properties/attempt\`; or write a ledger entry.
        \`\`\`yaml
        - id: property-attempt
          pointer: "#/components/schemas/DeliveryDetail/properties/attempt"
          upstream: optional integer
          contract: absent
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    ### Only in the contract

    - [ ] **property** \`filters\`
      - contract: \`openapi/dixa-webhooks.yaml:121\`
      - upstream: \`#/components/schemas/CreateInput/properties/filters\`
      - to do: Upstream lacks \`filters\`: if the contract is right, write a ledger entry; else remove it, a breaking change.
        \`\`\`yaml
        - id: property-filters
          pointer: "#/components/schemas/CreateWebhookSubscription/properties/filters"
          upstream: absent
          contract: "optional { [key]: CombinedFilters }"
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    - [ ] **required property** \`payload\`
      - contract: \`openapi/dixa-webhooks.yaml:193\`
      - upstream: \`#/components/schemas/Log/required\`
      - to do: Take \`payload\` out of \`#/components/schemas/Delivery/allOf/1/required\`; or write a ledger entry.
        \`\`\`yaml
        - id: required-property-payload
          pointer: "#/components/schemas/Delivery/allOf/1/required"
          upstream: absent
          contract: payload
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    ### Different

    - [ ] **pattern** \`path event\`
      - contract: \`openapi/dixa-webhooks.yaml:77\`
      - upstream: \`#/paths/~1beta~1webhooks~1{webhookSubscriptionId}~1deliveries~1{event}/get/parameters/1/schema/pattern\`
      - ledger: \`event-in-path-is-a-name\` speaks of other values
      - to do: Follow it at \`#/components/parameters/Event/schema/pattern\`: it says \`^[A-Za-z0-9]+$\`, upstream \`^a\`; or write a ledger entry.
        \`\`\`yaml
        - id: event-in-path-is-a-name
          pointer: "#/components/parameters/Event/schema/pattern"
          upstream: ^a
          contract: ^[A-Za-z0-9]+$
          why:
          evidence: # documented, observed or inferred
        \`\`\`

    ### Stale ledger entries

    - [ ] **ledger entry** \`sent-objects-are-closed\` at \`#/components/schemas/NoAuth/additionalProperties\`
      - place: \`openapi/curation.yaml:29\`
      - to do: Upstream and the contract agree here now: take the place out of the entry, or remove the entry.

    - [ ] **ledger entry** \`event-in-path-is-a-name\` at \`#/components/parameters/Event/schema/pattern\`
      - place: \`openapi/curation.yaml:54\`
      - to do: What it says does not hold here any more: follow upstream, or bring the entry up to date.
    "
  `);
});

it('says in Markdown that there is nothing to do', () => {
  const report = driftFrom(upstreamDocument());
  expect(hasDrift(report)).toBe(false);
  expect(formatMarkdown(report)).toMatch(
    /: 0 unexplained, 0 stale, \d+ explained by \d+ entries of openapi\/curation\.yaml\.\n\nNothing to do\.$/,
  );
});

it('names both sides of every finding, and the entry that explains it', () => {
  const { unexplained, explained } = someDrift();
  for (const { contract, upstream } of [...unexplained, ...explained]) {
    expect(contract.pointer).toMatch(/^#\//);
    expect(upstream.pointers.every((pointer) => pointer.startsWith('#/'))).toBe(true);
    expect(contract.says).not.toBe(upstream.says);
  }
  expect(explained.every(({ entry }) => entry.length > 0)).toBe(true);
});
