import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { UnreadableError } from '../../../../scripts/drift/document.js';
import { formatJson } from '../../../../scripts/drift/format-json.js';
import { formatMarkdown } from '../../../../scripts/drift/format-markdown.js';
import { formatText } from '../../../../scripts/drift/format-text.js';
import { makeReport } from '../../../../scripts/drift/report.js';
import { type Document, driftFrom, ours, replaceInLists, upstreamDocument } from './small-documents.js';

describe('a hostile document', { timeout: 120_000 }, () => {
  it('ends though its schemas hold one another without end', () => {
    const document = upstreamDocument();
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`p${i}`, { $ref: '#/components/schemas/Loop' }]),
    );
    document.components.schemas.Loop = {
      type: 'object',
      properties: many,
      allOf: Object.values(many),
      items: { type: 'array', items: { $ref: '#/components/schemas/Loop' } },
    };
    document.components.schemas.Tower = { type: 'array', items: { $ref: '#/components/schemas/Tower' } };
    document.components.schemas.Union = {
      oneOf: [{ $ref: '#/components/schemas/Union' }, { $ref: '#/components/schemas/Loop' }],
    };
    for (const name of ['Loop', 'Tower', 'Union']) {
      document.components.schemas.Log.properties[name] = { $ref: `#/components/schemas/${name}` };
    }
    document.components.schemas.Log.properties.payload = { $ref: '#/components/schemas/Union' };
    document.components.schemas.Log.properties.responseText = { $ref: '#/components/schemas/Tower' };
    const names = driftFrom(document).unexplained.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Loop', 'Tower', 'Union', 'responseText']));
  });

  it('cannot reach what every object inherits', () => {
    const document = upstreamDocument();
    const names = ['__proto__', 'constructor', 'toString'];
    const properties = `{${names.map((name) => `"${name}": {"type": "string"}`).join()}}`;
    document.components.schemas.Log.additionalProperties = false;
    const text = JSON.stringify(document).replace(
      '"payload":',
      `"nested": {"type": "object", "properties": ${properties}}, "payload":`,
    );
    const { unexplained } = makeReport(ours, { source: 'It', text });
    const nested = unexplained.find(({ name }) => name === 'nested');
    expect(nested?.upstream.says).toBe('optional { __proto__?: string; constructor?: string; toString?: string }');
    const direct = text.replace('"nested": {', '"__proto__": {');
    expect(makeReport(ours, { source: 'It', text: direct }).unexplained.map(({ name }) => name)).toContain('__proto__');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('may hold what `String` cannot turn into text', () => {
    const document = upstreamDocument();
    document.info.title = { toString: '' };
    document.servers = [{ url: 'https://dev.dixa.io/{a}', variables: { a: { enum: [{ toString: '$&' }] } } }];
    const { upstream, unexplained } = driftFrom(document);
    expect(upstream.title).toBe('{"toString":""}');
    expect(unexplained.map(({ name }) => name)).toEqual(['https://dev.dixa.io/{"toString":"$&"}/beta']);
  });

  it('cannot write to the terminal or to the page anything but text', () => {
    const name = '\u001b[2J`</details>\n\n- [x] @everyone <img src=x> \u202e';
    const document = upstreamDocument();
    document.info = { title: name, version: name };
    document.components.schemas.Log.properties[name] = { type: name };
    document.components.schemas.Log.properties.payload[name] = true;
    document.paths['/beta/webhooks'].get[name.repeat(9_000)] = true;
    const report = makeReport(ours, { source: name, text: JSON.stringify(document) });
    const controls = /[^\n\P{Cc}]|\p{Cf}/u;
    expect(formatText(report)).not.toMatch(controls);
    expect(formatText(report).length).toBeLessThan(20_000);
    expect(formatJson(report)).not.toMatch(controls);
    expect(JSON.parse(formatJson(report))).toEqual(report);
    const markdown = formatMarkdown(report);
    expect(markdown).not.toMatch(controls);
    const entry = / {4}```yaml\n(?: {4}(?:- id|#| {2}(?:pointer|upstream|contract|why|evidence):).*\n)+ {4}```\n/g;
    expect(markdown.match(entry)).toHaveLength(3);
    expect(markdown.replace(entry, '').replace(/`[^`\n]*`/g, '')).not.toMatch(/[<>`@]|\[x\]/);
  });

  it('cannot make the page longer than an issue may be, nor fill the terminal', () => {
    const document = upstreamDocument();
    for (let i = 0; i < 2000; i += 1) document.components.schemas.Log.properties[`property${i}`] = { type: 'string' };
    const report = driftFrom(document);
    const markdown = formatMarkdown(report);
    expect(markdown.length).toBeLessThan(65_536);
    const shown = markdown.match(/^- \[ \] /gm)?.length ?? 0;
    expect(markdown).toContain(`\nAnd ${2000 - shown} more: run \`npm run drift\``);
    const text = formatText(report);
    expect(text.match(/^New upstream: property/gm)).toHaveLength(200);
    expect(text).toContain('And 1800 more: `--format json` prints all.\n\ndrift: 2000 unexplained');
  });

  it('cannot push out all else by names without number', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `Event${i}`).join(', ');
    const document = replaceInLists(upstreamDocument(), 'AgentBannedIp,', `AgentBannedIp, ${names},`);
    document.components.schemas.Log.properties.attempt = { type: 'integer' };
    const report = driftFrom(document);
    for (const text of [formatText(report), formatMarkdown(report)]) {
      expect(text).toContain('and 1950 more');
      expect(text).toContain('- id: property-attempt');
      expect(text.length).toBeLessThan(10_000);
    }
  });

  it('ends though unions stand beside unions, which has more members than can be counted', () => {
    const document = upstreamDocument();
    document.components.schemas.Authorization.allOf = Array.from({ length: 60 }, (_, i) => ({
      oneOf: [{ title: `A${i}` }, { title: `B${i}` }],
    }));
    expect(driftFrom(document).unexplained.map(({ subject }) => subject)).toEqual(['union', 'union', 'union']);
  });

  it('is read where a member of a union refers back to the union', () => {
    const document = upstreamDocument();
    const { schemas } = document.components;
    schemas.Authorization.properties = { realm: { type: 'string' } };
    for (const name of ['BasicAuth', 'TokenAuth2', 'NoAuth']) {
      schemas[name] = {
        title: schemas[name].title,
        allOf: [{ $ref: '#/components/schemas/Authorization' }, schemas[name]],
      };
    }
    expect(
      driftFrom(document).unexplained.map(({ subject, name, upstream }) => [subject, name, upstream.says]),
    ).toEqual(Array(3).fill(['property', 'realm', 'optional string']));
  });

  it('may use what only YAML 1.1 knows', () => {
    const text = stringify(upstreamDocument()).replace(
      /(\n +)payload:\n/,
      '$1payload:$1  default: 2001-12-14t21:59:43.10-05:00$1  x-set: !!set {a, b}$1  pattern: !!binary aGVsbG8=\n',
    );
    const { unexplained } = makeReport(ours, { source: 'It', text: `%YAML 1.1\n---\n${text}` });
    expect(unexplained.map(({ subject }) => subject).sort()).toEqual(['default', 'pattern']);
  });

  it.each([
    ['a path', (text: string) => text.replaceAll('/beta/agents', '__proto__')],
    ['a component', (text: string) => text.replaceAll('Failure3', '__proto__')],
    [
      'a keyword of a path',
      (text: string) => text.replace('"tags":', '"__proto__":{"delete":{"tags":["Webhooks"]}},"tags":'),
    ],
  ])('means what it means where `__proto__` is the name of %s', (_, rename) => {
    const text = rename(JSON.stringify(upstreamDocument()));
    expect(text).toContain('"__proto__"');
    expect(makeReport(ours, { source: 'It', text }).stale).toEqual([]);
    expect(makeReport(ours, { source: 'It', text: stringify(JSON.parse(text)) }).stale).toEqual([]);
  });

  it('is compared or refused, whatever stands where', () => {
    const places: [Document, string | number][] = [];
    const collect = (node: Document) => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        places.push([node, key]);
        collect(node[key]);
      }
    };
    const document = upstreamDocument();
    collect(document);
    const strange = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        null,
        [],
        {},
        { $ref: '#' },
        { $ref: '#/paths' },
        { $ref: '#/components/schemas/Log' },
        { allOf: [null] },
        { toString: '' },
        [{ toString: '' }],
      ),
    );
    fc.assert(
      fc.property(fc.nat(places.length - 1), strange, (index, value) => {
        const [node, key] = places[index] as [Document, string];
        const kept = node[key];
        node[key] = value;
        try {
          const report = driftFrom(document);
          expect(`${formatText(report)}${formatMarkdown(report)}`).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableError);
        } finally {
          node[key] = kept;
        }
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });
});
