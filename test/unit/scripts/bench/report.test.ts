import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { chartOf } from '../../../../scripts/bench/chart.js';
import { type Running, takeTurns } from '../../../../scripts/bench/harness.js';
import { main } from '../../../../scripts/bench/index.js';
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

it('contenders take turns, and all slices count except the warm-up', async () => {
  const order: string[] = [];
  const kill = vi.fn();
  const start = async (name: string, microseconds: number) => {
    const spend = async (ms: number) => {
      order.push(`${name}${ms}`);
      return { cpu: ms > 100 ? 1e6 : microseconds, count: 2 };
    };
    return { child: { kill }, spend } as unknown as Running;
  };
  const costs = await takeTurns([start('A', 10), start('B', 30)], { rounds: 1, warmUpMs: 500, measuredMs: 80 });
  expect(order.join(' ')).toBe(`A500 B500${' A10 B10'.repeat(8)}`);
  expect(costs).toEqual([5, 15]);
  expect(kill).toHaveBeenCalledTimes(2);
});

it('an unknown section ends with the usage and 2', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await main(['--only', 'everything'])).toBe(2);
  expect(error.mock.calls[0]?.[0]).toMatch(/^Unknown section: everything\.\nUsage: npm run bench/);
  error.mockRestore();
});

describe('a table', () => {
  it('has the median and the range of each, and ratios round by round', () => {
    const table = sectionTable('client', { list });
    expect(table).toContain('## Client: one call in memory\n\n|  | list, µs | ratio |\n| --- | ---: | ---: |\n');
    expect(table).toContain('| dixa-webhooks | 11.0 (10.0–30.0) | 1.00 |\n');
    expect(table).toContain('| axios | 33.0 (20.0–75.0) | 2.50 (2.00–3.00) |\n');
    expect(table).toContain('| bare fetch | 6.0 (5.0–15.0) | 0.50 (0.50–0.55) |\n');
  });

  it('says level if the rounds disagree', () => {
    expect(sectionTable('client', { list })).toContain('| ky | 12.0 (9.0–29.0) | 0.97 (0.90–1.09) level |\n');
  });

  it('ends with its limits: the median decides, and cases without measurements are left out', () => {
    const limits = (cases: Record<string, readonly number[]>) =>
      sectionTable('client', { list: { ...list, ...cases } }).match(/^- .*/gm);
    expect(limits({ 'openapi-fetch': [10, 10, 10] })).toEqual([
      '- Limit for list: dixa-webhooks ≤ 1.3 × openapi-fetch; met: 1.10 (1.00–3.00)',
    ]);
    expect(limits({ 'openapi-fetch': [10, 8, 10] })?.[0]).toContain('; **not met**: 1.38 (1.00–3.00)');
    const imports = { 'import, ms': { 'dixa-webhooks': [8, 9, 9.5] } };
    expect(sectionTable('client-size', imports)).toContain('dixa-webhooks ≤ 9; met: 9.0 (8.0–9.5)\n');
  });
});

it('conclusions need agreement of all cases and rounds', () => {
  expect(standing({ list })).toBe('less than axios, about as much as ky, more than bare fetch');
  expect(standing(client)).toBe('about as much as ky and axios, more than bare fetch');
});

it.each(Object.entries(sections))('the limits of %s are about what is measured', (name, section) => {
  const { cases, contenders, limits = [] } = section;
  for (const [one, row, , than] of limits) {
    if (name !== 'runtimes') expect(cases).toContain(one);
    expect(contenders).toContain(row);
    if (than) expect(contenders).toContain(than);
  }
});

describe('the chart', () => {
  const results = {
    client,
    'client-http': { list, create: { 'dixa-webhooks': [2], '<&">': [5], 'createHmac alone': [1] } },
    receiver: { '10 kB': list },
    'client-size': { 'bundle, B': list },
    http: { '1 kB': list, '10 kB': list },
  };
  const panel = (title: string) => chartOf(results).split(`>${title}</text>`)[1]?.split('class="title"')[0] ?? '';

  it('has a bar for each, in proportion to what it costs', () => {
    const widths = [...panel('list() in memory').matchAll(/<rect .* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([52, 26, 50.3, 130]);
    expect(panel('list() in memory')).toContain('>2.50 (2.00–3.00) ×</text>');
  });

  it('escapes names, and leaves out what is not compared', () => {
    const create = panel('create() over HTTP');
    expect(create).toContain('>&#60;&#38;&#34;&#62;</text>');
    expect(create).not.toContain('alone');
  });

  it('loads nothing', () => {
    const chart = chartOf(results);
    expect(chart.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|@font-face|href/,
    );
  });

  it('is not drawn if a case was not measured', () => {
    expect(() => chartOf({ ...results, http: {} })).toThrow(
      'The chart needs the case "1 kB" of section http, which was not measured.',
    );
  });
});

it('BENCHMARKS.md has room for what is written into it', async () => {
  const text = await readFile(join(root, 'BENCHMARKS.md'), 'utf8');
  for (const name of ['conclusions', 'tables'])
    expect(contentOf(text, section('BENCHMARKS.md', name, 'npm run bench'))).toMatch(/\S/);
});
