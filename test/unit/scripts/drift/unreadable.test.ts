import { describe, expect, it } from 'vitest';
import { parseUpstream, UnreadableError } from '../../../../scripts/drift/document.js';
import { withTimeLimit } from '../../../../scripts/drift/time-limit.js';
import { type Document, driftFrom, upstreamDocument } from './small-documents.js';

const compared = (document: Document) => () => driftFrom(document);

/** Why something is refused; any other error is a mistake of ours. */
function thrownBy(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof UnreadableError) return error.message;
    throw error;
  }
  return expect.fail('it was not refused');
}

describe('a document that cannot be read', () => {
  it.each([
    ['nothing', '', /no OpenAPI 3 document/],
    ['a web page', '<!doctype html>\n<p>Not: found: here</p>', /neither JSON nor YAML/],
    ['half of one', '{"openapi": "3.0.3", "paths": {', /neither JSON nor YAML/],
    ['a list', '[]', /no OpenAPI 3 document/],
    ['another version', '{"swagger": "2.0", "paths": {}}', /no OpenAPI 3 document/],
    ['no paths', '{"openapi": "3.0.3"}', /no OpenAPI 3 document/],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /more than 200 levels/],
    ['deep YAML', '- '.repeat(5000), /neither JSON nor YAML/],
    ['YAML that holds itself', 'openapi: 3.0.3\npaths: &paths\n  /webhooks: *paths', /without end/],
    ['aliases of aliases', aliasBomb(), /alias count/],
  ])('is refused with the reason: %s', (_, text, reason) => {
    expect(thrownBy(() => parseUpstream(text, 'It'))).toMatch(reason);
  });

  it('is given up when reading it takes too long', () => {
    const endless = () => {
      for (;;);
    };
    expect(() => withTimeLimit(50, 'It', endless)).toThrow(/^It took longer than 0.05 s to read/);
    expect(() => withTimeLimit(60_000, 'It', compared({ openapi: '3.0.3', paths: {} }))).toThrow(
      /no webhook operations/,
    );
    expect(withTimeLimit(60_000, 'It', () => 'done')).toBe('done');
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

describe('a document that cannot be compared', () => {
  it.each<[string, (d: Document) => unknown, RegExp]>([
    ['no webhook operations', (d) => ({ ...d, paths: { '/beta/agents': {} } }), /no webhook operations/],
    ['two versions', (d) => ({ ...d, paths: { ...d.paths, '/v1/webhooks': {} } }), /several versions \(\/beta, \/v1\)/],
    ['a broken reference', (d) => ({ ...d, components: {} }), /refers to #\/components\/.*which is not there/],
    ['a reference with a broken escape', (d) => withRef(d, '#/%zz'), /refers to #\/%zz, which is not there/],
    ['a reference to what every object inherits', (d) => withRef(d, '#/constructor'), /which is not there/],
    ['a reference to another file', (d) => withRef(d, 'other.yaml#/A'), /outside itself/],
    ['a reference in a circle', circle, /in a circle/],
  ])('is refused with the reason: %s', (_, change, reason) => {
    const document = change(upstreamDocument());
    expect(thrownBy(compared(document))).toMatch(reason);
  });
});

function withRef(document: Document, $ref: string): Document {
  document.components.schemas.Subscription = { $ref };
  return document;
}

function circle(document: Document): Document {
  const ref = { $ref: '#/components/responses/A' };
  document.components.responses = { A: ref };
  document.paths['/beta/webhooks'].get.responses[400] = ref;
  return document;
}
