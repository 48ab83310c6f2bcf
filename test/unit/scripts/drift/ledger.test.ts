import { describe, expect, it } from 'vitest';
import { compare } from '../../../../scripts/drift/compare.js';
import { explain, type LedgerEntry } from '../../../../scripts/drift/ledger.js';
import { type Document, driftFrom, ours, replaceInLists, upstreamDocument } from './small-documents.js';

const schemas = (document: Document) => document.components.schemas;
const subscription = '#/components/schemas/WebhookSubscription';

/** What the ledger explains, with one more entry, of what a document differs in. */
function explained(document: Document, entry: Omit<LedgerEntry, 'id' | 'why' | 'evidence'>) {
  const all: LedgerEntry[] = [
    ...ours.ledger.entries,
    { ...entry, id: 'added', why: 'For the test.', evidence: 'inferred' },
  ];
  const upstream = { root: document, label: 'upstream', readsProse: true };
  const { unexplained, stale } = explain(all, ours.contract, compare(ours.contract, upstream));
  return {
    unexplained: unexplained.map(({ contract, upstream }) => [contract.pointer, contract.says, upstream.says]),
    stale: stale.map(({ entry, pointer }) => [entry.id, pointer]),
  };
}

function withLastError(schema: object, required = false): Document {
  const document = upstreamDocument();
  schemas(document).Subscription.properties.lastError = schema;
  if (required) schemas(document).Subscription.required.push('lastError');
  return document;
}

describe('an entry of the ledger', () => {
  const pointer = `${subscription}/properties/lastError`;
  const entry = { pointer, upstream: 'optional string', contract: 'absent' };

  it('explains the difference that it describes', () => {
    expect(explained(withLastError({ type: 'string' }), entry)).toEqual({ unexplained: [], stale: [] });
  });

  it.each([
    ['another type', withLastError({ type: 'integer' }), 'optional integer'],
    ['null too', withLastError({ type: 'string', nullable: true }), 'optional string | null'],
    ['a format', withLastError({ type: 'string', format: 'uuid' }), 'optional string (uuid)'],
    ['it required', withLastError({ type: 'string' }, true), 'required string'],
  ])('no longer explains it once upstream makes it %s', (_, document, says) => {
    expect(explained(document, entry)).toEqual({
      unexplained: [[pointer, 'absent', says]],
      stale: [['added', pointer]],
    });
  });

  it('explains nothing if it misquotes the contract', () => {
    const wrong = { ...entry, contract: 'optional string', upstream: 'absent' };
    const { unexplained } = explained(withLastError({ type: 'string' }), wrong);
    expect(unexplained).toEqual([[pointer, 'absent', 'optional string']]);
  });

  it('does not explain places below or next to its own', () => {
    const document = withLastError({ type: 'string' });
    schemas(document).Subscription.properties.lastErrorAt = { type: 'string' };
    for (const place of [subscription, `${subscription}/properties`]) {
      expect(explained(document, { ...entry, pointer: place }).unexplained).toHaveLength(2);
    }
    expect(explained(document, entry).unexplained).toEqual([[`${pointer}At`, 'absent', 'optional string']]);
  });

  it('explains one value of an enum, and no other', () => {
    const document = replaceInLists(upstreamDocument(), 'AgentBannedIp,', 'AgentBannedIp, One, Two,');
    const place = '#/components/schemas/WebhookEventType/enum';
    const { unexplained } = explained(document, { pointer: place, upstream: 'One', contract: 'absent' });
    expect(unexplained).toEqual([[place, 'absent', 'Two']]);
  });

  it('applies to several places with a list of pointers', () => {
    const document = upstreamDocument();
    for (const name of ['TokenAuth2', 'BasicAuth']) schemas(document)[name].properties.realm = { type: 'string' };
    const places = ['TokenAuth', 'BasicAuth'].map((name) => `#/components/schemas/${name}/properties/realm`);
    expect(explained(document, { ...entry, pointer: places })).toEqual({ unexplained: [], stale: [] });
    expect(explained(document, { ...entry, pointer: places.slice(1) }).unexplained).toHaveLength(1);
  });

  it('applies to several places with `*` for one segment, but not to deeper ones', () => {
    const document = upstreamDocument();
    for (const item of Object.values<Document>(document.paths)) {
      for (const operation of Object.values<Document>(item)) {
        operation.responses[418] = { description: 'A teapot' };
      }
    }
    const place = '#/paths/*/*/responses/418';
    const teapot = { upstream: 'no body', contract: 'absent' };
    expect(explained(document, { ...teapot, pointer: place })).toEqual({ unexplained: [], stale: [] });
    expect(explained(document, { ...teapot, pointer: '#/paths/*/responses/418' }).unexplained).toHaveLength(6);
    expect(explained(document, { ...teapot, pointer: '#/paths/*/get/responses/418' }).unexplained).toHaveLength(3);
  });

  it('is stale at each place where it explains nothing any more', () => {
    const document = upstreamDocument();
    document.paths['/beta/webhooks'].post.responses[401] = document.paths['/beta/webhooks'].post.responses[400];
    const [stale, ...others] = driftFrom(document).stale;
    expect(others).toEqual([]);
    expect(stale).toMatchObject({
      entry: 'gateway-refuses-a-token',
      pointer: '#/paths/~1webhooks/post/responses/401',
    });
  });

  it('is named by the finding that replaces it', () => {
    const document = upstreamDocument();
    const [, event] = document.paths['/beta/webhooks/{webhookSubscriptionId}/deliveries/{event}'].get.parameters;
    event.schema.pattern = '^[A-Z]';
    const { unexplained, stale } = driftFrom(document);
    const pointer = '#/components/parameters/Event/schema/pattern';
    const entry = 'event-in-path-is-a-name';
    expect(unexplained).toEqual([
      expect.objectContaining({
        subject: 'pattern',
        outdatedEntry: entry,
        contract: expect.objectContaining({ pointer }),
      }),
    ]);
    expect(stale).toEqual([expect.objectContaining({ entry, pointer })]);
  });
});
