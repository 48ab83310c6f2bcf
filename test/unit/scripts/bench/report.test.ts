import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { chartOf } from '../../../../scripts/bench/chart.js';
import { interleave } from '../../../../scripts/bench/harness.js';
import { main } from '../../../../scripts/bench/index.js';
import { judge, type Limit, limits } from '../../../../scripts/bench/limits.js';
import { sectionTable, standing } from '../../../../scripts/bench/report.js';
import { sections } from '../../../../scripts/bench/sections.js';
import { root } from '../../../../scripts/lib/package.js';
import { contentOf, section } from '../../../../scripts/lib/written-section.js';

/** Three rounds: axios always costs more, ky less or more, bare fetch always less. The machine is slow in the last. */
const list = {
  'dixa-webhooks': [10, 11, 30],
  'bare fetch': [5, 6, 15],
  ky: [9, 12, 29],
  axios: [20, 33, 75],
};
const client = { list, create: { ...list, axios: [20, 10, 75] } };

it('contenders take turns', async () => {
  const order: string[] = [];
  const samples = await interleave(['A', 'B', 'C'], 2, async (name) => order.push(name));
  expect(order.join(' ')).toBe('A B C A B C');
  expect(samples).toEqual({ A: [1, 4], B: [2, 5], C: [3, 6] });
});

it('an unknown section ends with the usage and 2', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await main(['--only', 'everything'])).toBe(2);
  expect(error.mock.calls[0]?.[0]).toMatch(/^There is no section called everything\.\nUsage: npm run bench/);
  error.mockRestore();
});

describe('a table', () => {
  it('has the median and the range of each, and ratios round by round', () => {
    const table = sectionTable('client', { list });
    expect(table).toContain('## Client: a call in memory\n\n|  | list, µs | ratio |\n| --- | ---: | ---: |\n');
    expect(table).toContain('| dixa-webhooks | 11.0 (10.0–30.0) | 1.00 |\n');
    expect(table).toContain('| axios | 33.0 (20.0–75.0) | 2.50 (2.00–3.00) |\n');
    expect(table).toContain('| bare fetch | 6.0 (5.0–15.0) | 0.50 (0.50–0.55) |\n');
  });

  it('calls level what the rounds disagree about, and leaves out what was not measured', () => {
    const table = sectionTable('client', { list });
    expect(table).toContain('| ky | 12.0 (9.0–29.0) | 0.97 (0.90–1.09) level |\n');
    expect(table).toContain('| ofetch | – | – |\n');
  });
});

it('conclusions count on every case and every round', () => {
  expect(standing({ list })).toBe('less than axios; about as much as ky; more than bare fetch');
  expect(standing(client)).toBe('about as much as ky, axios; more than bare fetch');
});

describe('a limit', () => {
  const judged = (most: number, than = 'bare fetch', row = 'dixa-webhooks') =>
    judge({ client }, [['client', 'list', row, most, than]])[0]?.slice(2);

  it('is reached or not by the median', () => {
    expect(judged(2)).toEqual(['2.00 (1.83–2.00)', '≤ 2 ×', 'reached']);
    expect(judged(1.95)).toEqual(['2.00 (1.83–2.00)', '≤ 1.95 ×', '**not reached**']);
    expect(judged(11, 'ms')).toEqual(['11 (10–30)', '≤ 11 ms', 'reached']);
  });

  it('is not reached by what was not measured', () => {
    expect(judged(2, 'bare fetch', 'ofetch')).toEqual(['–', '≤ 2 ×', 'not measured']);
    expect(judge({}, [['client', 'list', 'dixa-webhooks', 2, 'ky']])).toEqual([]);
  });

  it.each(limits)('on %s, %s of %s is about what is measured', (...limit: Limit) => {
    const [name, one, row, , than] = limit;
    const { cases = [], contenders = [] } = sections[name] ?? {};
    if (name !== 'runtimes') expect(cases).toContain(one);
    expect(contenders).toContain(row);
    expect(['ms', 'B', ...contenders]).toContain(than);
  });
});

describe('the chart', () => {
  const results = {
    client,
    'client-http': { list, create: { 'dixa-webhooks': [2], '<&">': [5], 'an empty file': [1] } },
    receiver: { '10 kB': list },
    'client-size': { 'bundle, B': list },
    http: { '1 kB': list, '10 kB': list },
  };
  const panel = (title: string) => chartOf(results).split(`>${title}</text>`)[1]?.split('class="title"')[0] ?? '';

  it('has a bar for each, in proportion to what it costs', () => {
    const widths = [...panel('A list in memory').matchAll(/<rect .* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([52, 26, 50.3, 130]);
    expect(panel('A list in memory')).toContain('>2.50 (2.00–3.00) ×</text>');
  });

  it('escapes names, and leaves out what is only to be subtracted', () => {
    const create = panel('A create over HTTP');
    expect(create).toContain('>&#60;&#38;&#34;&#62;</text>');
    expect(create).not.toContain('empty');
  });

  it('loads nothing', () => {
    const chart = chartOf(results);
    expect(chart.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|@font-face|href/,
    );
  });

  it('is not drawn without what was not measured', () => {
    expect(() => chartOf({ ...results, http: {} })).toThrow('The chart needs "1 kB" of http, which was not measured.');
  });
});

it('BENCHMARKS.md has room for what is written into it', async () => {
  const text = await readFile(join(root, 'BENCHMARKS.md'), 'utf8');
  for (const name of ['conclusions', 'tables']) expect(contentOf(text, section(name, 'npm run bench'))).toBeDefined();
});
