import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printAsDixa, spaceAsDixa } from '../../../src/shared/dixa-json.js';

/** The tokens of a JSON text. */
const tokensOf = (json: string) => json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g);

describe('JSON in the spacing of Dixa', () => {
  it('has two spaces, a space before each colon, and empty arrays on two lines', () => {
    expect(spaceAsDixa('{"a":[1,{"b":[]}],"c" : { },"d":"[{:,}]"}')).toBe(
      ['{', '  "a" : [', '    1,', '    {', '      "b" : [', '      ]', '    }', '  ],', '  "c" : {', '  },']
        .concat('  "d" : "[{:,}]"', '}')
        .join('\n'),
    );
  });

  it.each([
    ['numbers', '1.0', '12345678901234567890', '1e5', '-0.0'],
    ['escapes', '"\\u00e9\\/"', '"é/"', '"\\\\"', '"a\\"b"'],
  ])('keeps %s as they are written', (_, ...tokens) => {
    for (const token of tokens) expect(spaceAsDixa(` ${token}\r\n`)).toBe(token);
  });

  it('keeps keys in order, also those that look like integers, and those that are repeated', () => {
    expect(spaceAsDixa('{"2":0,"1":0,"2":0}')).toBe('{\n  "2" : 0,\n  "1" : 0,\n  "2" : 0\n}');
  });

  it('changes nothing but white space between tokens, whatever the JSON and its spacing', () => {
    const spacing = fc.constantFrom(undefined, 1, '\t', ' \r\n');
    const property = fc.property(fc.jsonValue(), spacing, (value, space) => {
      const json = JSON.stringify(value, null, space);
      const spaced = spaceAsDixa(json);
      expect(tokensOf(spaced)).toEqual(tokensOf(json));
      expect(spaceAsDixa(spaced)).toBe(spaced);
      expect(spaced).toBe(printAsDixa(value));
      // Where no list and no object is empty, it is the printing of JSON.stringify, but for the colons.
      if (!/\[\s*\]|\{\s*\}/.test(spaced))
        expect(spaced.replaceAll('" : ', '": ')).toBe(JSON.stringify(value, null, 2));
    });
    fc.assert(property);
  });

  it('takes long texts and deep ones', () => {
    const long = JSON.stringify({ text: '\\"\n'.repeat(500_000) });
    expect(spaceAsDixa(long)).toBe(long.replace('{', '{\n  ').replace('":', '" : ').replace(/\}$/, '\n}'));
    const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`;
    expect(spaceAsDixa(deep).replace(/\s/g, '')).toBe(deep);
  });
});
