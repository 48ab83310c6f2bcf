import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../../scripts/bench/chart.js';
import { judge } from '../../../../scripts/bench/claims.js';
import { markdownReport } from '../../../../scripts/bench/report.js';
import type { BenchCase, BenchRow } from '../../../../scripts/bench/result.js';

const row = (name: string, values: BenchRow['values'], spread = 0.04): BenchRow => ({ name, values, spread });

const clients = ['dixa-webhooks', 'openapi-fetch', '@hey-api/client-fetch', 'ofetch', 'ky', 'axios'];
const receivers = [
  'dixa-webhooks receive',
  'createHmac and JSON.parse',
  '@octokit/webhooks verifyAndReceive',
  'stripe constructEvent',
  'standardwebhooks verify',
  'svix verify',
];
const listeners = [
  'dixa-webhooks toNodeListener',
  'node:http, hand-written',
  '@octokit/webhooks createNodeMiddleware',
  'Express with stripe',
];

const calls: BenchCase = {
  section: 'client',
  name: 'get (GET)',
  rows: clients.map((name, index) => row(name, { time: 30.04 * (index + 1) })),
};
const served = (name: string): BenchCase => ({
  section: 'http',
  name,
  rows: listeners.map((listener, index) => row(listener, { rate: 9, p99: 1, cpu: 50 + index })),
});
/** The panels of calls, each with what it takes axios beside this client. */
const callPanels = [
  { title: 'One get in memory: time', section: 'client', name: 'get (GET)', axios: 6 },
  { title: 'One create in memory: time', section: 'client', name: 'create (POST)', axios: 7 },
  { title: 'One get over HTTP: time', section: 'client-http', name: 'get (GET)', axios: 8 },
  { title: 'One create over HTTP: time', section: 'client-http', name: 'create (POST)', axios: 9 },
] as const;
const results: readonly BenchCase[] = [
  ...callPanels.map(
    ({ section, name, axios }): BenchCase => ({
      section,
      name,
      rows: calls.rows.map((each) => (each.name === 'axios' ? row('axios', { time: 30.04 * axios }) : each)),
    }),
  ),
  { section: 'parse', name: '10 kB', rows: receivers.map((name, index) => ({ name, values: { time: 20 + index } })) },
  served('1 kB'),
  served('10 kB'),
  {
    section: 'size',
    name: 'clients',
    rows: clients.map((name, index) => ({ name, values: { bundle: 8_000 * (index + 1) } })),
  },
];

describe('the report', () => {
  it('has the verdicts, then each section with its cases, figures flush right', () => {
    const report = markdownReport([calls], judge([calls]), 'Node 20 on a machine.');
    expect(report).toMatch(/^Node 20 on a machine\.\n\n## What was to be reached\n\n\| what is to be reached \|/);
    expect(report).toContain(
      '## Client: one call in memory\n\n| get (GET) | time, µs | spread | speed |\n| --- | ---: |',
    );
    expect(report).toContain('| dixa-webhooks | 30.0 | ±4 % | 2.00 × |');
    expect(report).toContain('| ky | 150.2 | ±4 % | 0.40 × |');
  });

  it('shows a figure that is missing as a dash, and no column that nobody has', () => {
    const rows = [row('1,000 keys', { cpu: 4, heap: 10 }), row('10,000 keys', { cpu: 4 })];
    const report = markdownReport([{ section: 'growth', name: 'a store', rows }], [], '');
    expect(report).toContain('| a store | CPU, µs | spread | heap, kB |');
    expect(report).toContain('| 10,000 keys | 4.0 | ±4 % | – |');
    const once = { name: '1,000 keys, once', values: { cpu: 4 } };
    expect(markdownReport([{ section: 'growth', name: 'a store', rows: [...rows, once] }], [], '')).toContain(
      '| 1,000 keys, once | 4.0 | – | – |',
    );
  });
});

describe('the chart', () => {
  it('has a bar for each, as long as it costs beside the dearest, with its name and its ratio as text', () => {
    const chart = chartOf(results);
    expect(chart.match(/<rect class="(ours|other)"/g)).toHaveLength(44);
    expect(chart).toContain('>axios</text>');
    expect(chart).toContain('>6.00 × · 48,000 B</text>');
    const widths = [...chart.matchAll(/<rect class="\w+" x="175" .* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths[0]).toBeCloseTo((widths[5] ?? 0) / 6, 0);
  });

  it.each(callPanels)('has $title', ({ title, section, name, axios }) => {
    const [, panel = ''] = chartOf(results).split(`>${title}</text>`);
    expect(panel.split('class="title"')[0]).toContain(`>${axios}.00 × · `);
    const others = results.filter((each) => each.section !== section || each.name !== name);
    expect(() => chartOf(others)).toThrow(`The chart needs "${name}" of ${section}, which was not measured.`);
  });

  it('shows the ratios of the tables, which are those of the rounds', () => {
    const inRounds = (name: string, ...times: number[]): BenchRow => ({
      ...row(name, { time: times[1] ?? 0 }),
      rounds: [times.map((time) => ({ time }))],
    });
    const rows = clients.map((name, index) => (index ? inRounds(name, 70, 90, 210) : inRounds(name, 10, 90, 30)));
    expect(chartOf([{ ...calls, rows }, ...results.slice(1)])).toContain('>7.00 ×</text>');
  });

  it('is read in light and dark, and loads nothing', () => {
    const chart = chartOf(results);
    expect(chart).toContain('@media (prefers-color-scheme: dark)');
    expect(chart.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|@font-face|href/,
    );
  });

  it('is not drawn with a figure that is missing', () => {
    const gap = { ...calls, rows: calls.rows.slice(1) };
    expect(() => chartOf([gap, ...results.slice(1)])).toThrow('The chart needs "dixa-webhooks" of get (GET).');
  });
});
