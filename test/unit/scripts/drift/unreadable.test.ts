import { describe, expect, it } from 'vitest';
import { parseUpstream, UnreadableError } from '../../../../scripts/drift/document.js';
import { markdownOf } from '../../../../scripts/drift/report.js';
import { type Document, driftFrom, reportOn, upstreamDocument } from './small-documents.js';

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
    ['nothing', '', /not an OpenAPI 3 document/],
    ['a web page', '<!doctype html>\n<p>Not: found: here</p>', /neither valid JSON nor valid YAML/],
    ['half of one', '{"openapi": "3.0.3", "paths": {', /neither valid JSON nor valid YAML/],
    ['another version', '{"swagger": "2.0", "paths": {}}', /not an OpenAPI 3 document/],
    ['no paths', '{"openapi": "3.0.3"}', /not an OpenAPI 3 document/],
    ['deep YAML', '- '.repeat(5000), /neither valid JSON nor valid YAML/],
    ['aliases of aliases', aliasBomb(), /alias count/],
  ])('is refused with the reason: %s', (_, text, reason) => {
    expect(thrownBy(() => parseUpstream(text, 'It'))).toMatch(reason);
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

it.each<[string, (d: Document) => unknown, RegExp]>([
  ['no webhook operations', (d) => ({ ...d, paths: { '/beta/agents': {} } }), /no webhook operations/],
  ['two versions', (d) => ({ ...d, paths: { ...d.paths, '/v1/webhooks': {} } }), /operations of several versions/],
  ['a broken reference', (d) => ({ ...d, components: {} }), /refers to #\/components\/.*which it does not contain/],
  [
    'a reference to another file',
    (d) => withRef(d, 'other.yaml#/components/schemas/Log'),
    /refers to other.yaml#\S+, which it does not contain/,
  ],
])('a document with %s is refused with the reason', (_, change, reason) => {
  const document = change(upstreamDocument());
  expect(thrownBy(() => driftFrom(document))).toMatch(reason);
});

function withRef(document: Document, $ref: string): Document {
  document.components.schemas.Subscription = { $ref };
  return document;
}

describe('a document that can be compared', () => {
  it('may have recursive schemas and unions', () => {
    const document = upstreamDocument();
    const { schemas } = document.components;
    schemas.Loop = { type: 'object', properties: { again: { $ref: '#/components/schemas/Loop' } } };
    schemas.Loop.allOf = [{ $ref: '#/components/schemas/Loop' }];
    schemas.Log.properties.loop = { $ref: '#/components/schemas/Loop' };
    schemas.Authorization.properties = { realm: { type: 'string' } };
    for (const name of ['BasicAuth', 'TokenAuth2', 'NoAuth']) {
      const { title } = schemas[name];
      schemas[name] = { title, allOf: [{ $ref: '#/components/schemas/Authorization' }, schemas[name]] };
    }
    expect(driftFrom(document).unexplained.map(({ name, upstream }) => [name, upstream.says])).toEqual([
      ['loop', 'optional { again?: Loop }'],
      ...Array(3).fill(['realm', 'optional string']),
    ]);
  });

  it('cannot write anything but text to the terminal or to the page', () => {
    const name = '\u001b[2J`</details>\n\n- [x] @everyone <img src=x> \u202e';
    const document = upstreamDocument();
    document.info = { title: name, version: name };
    document.components.schemas.Log.properties[name] = { type: name };
    document.components.schemas.Log.properties.payload[name] = true;
    document.paths['/beta/webhooks'].get[name] = true;
    const markdown = markdownOf(reportOn(JSON.stringify(document), name));
    expect(markdown).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
    const entry = / {4}```yaml\n(?: {4}(?:- id| {2}(?:pointer|upstream|contract|why|evidence)):.*\n)+ {4}```(?:\n|$)/g;
    expect(markdown.match(entry)).toHaveLength(3);
    expect(markdown.replace(entry, '').replace(/`[^`\n]*`/g, '')).not.toMatch(/[<>`@]|\[x\]/);
  });
});
