import type { Samples } from './harness.js';
import type { Results } from './sections.js';
import { figure, ratioOf, spreadOf } from './statistics.js';

/** A group of bars: what the contenders of a case cost, relative to the first of them, which is ours. */
interface Panel {
  readonly title: string;
  readonly section: string;
  readonly case: string;
  readonly rows: readonly string[];
}

const clients = ['dixa-webhooks', 'openapi-fetch', 'bare fetch', 'ofetch', 'ky', 'axios'];
const packages = ['dixa-webhooks', 'openapi-fetch', '@hey-api/client-fetch', 'ofetch', 'ky', 'axios'];
const receivers = [
  'dixa-webhooks',
  'createHmac and JSON.parse',
  '@octokit/webhooks',
  'stripe',
  'standardwebhooks',
  'svix',
];
const listeners = ['dixa-webhooks', 'node:http by hand', 'Hono by hand', '@octokit/webhooks', 'Express with stripe'];

export const panels: readonly Panel[] = [
  { title: 'A list in memory', section: 'client', case: 'list', rows: clients },
  { title: 'A create in memory', section: 'client', case: 'create', rows: clients },
  { title: 'A list over HTTP', section: 'client-http', case: 'list', rows: clients },
  { title: 'A create over HTTP', section: 'client-http', case: 'create', rows: clients },
  { title: 'The client in a bundle: minified and gzipped', section: 'client-size', case: 'bundle, B', rows: packages },
  { title: 'An event of 10 kB, verified and parsed', section: 'receiver', case: '10 kB', rows: receivers },
  { title: 'A delivery of 1 kB over HTTP', section: 'http', case: '1 kB', rows: listeners },
  { title: 'A delivery of 10 kB over HTTP', section: 'http', case: '10 kB', rows: listeners },
];

const WIDTH = 860;
const PANEL = { width: 400, head: 44, row: 26, gap: 20 } as const;
const BAR = { left: 165, width: 130, height: 14 } as const;

/** Its own background and both themes: it can be read wherever it is shown. */
const style = `
    text { font: 12px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600 }
    .note, .figure { fill: #59636e }
    .ground { fill: #ffffff; stroke: #d1d9e0 }
    .ours { fill: #0969da }
    .other { fill: #afb8c1 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .note, .figure { fill: #9198a1 }
      .ground { fill: #0d1117; stroke: #3d444d }
      .ours { fill: #4493f8 }
      .other { fill: #656c76 }
    }`;

/** The chart of the main ratios, as SVG. */
export function chartOf(results: Results): string {
  const parts: string[] = [];
  let top = 46;
  for (let index = 0; index < panels.length; index += 2) {
    const pair = panels.slice(index, index + 2);
    pair.forEach((panel, column) => {
      parts.push(draw(panel, results, 20 + column * (PANEL.width + PANEL.gap), top));
    });
    top += PANEL.head + PANEL.row * Math.max(...pair.map(({ rows }) => rows.length)) + PANEL.gap;
  }
  const summary = 'CPU per operation (and size), relative to dixa-webhooks: less is better';
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}">
  <title>${summary}</title>
  <style>${style}
  </style>
  <rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${top - 1}" rx="6"/>
  <text class="note" x="20" y="30">${summary}.</text>
${parts.join('\n')}
</svg>
`;
}

function draw({ title, section, case: name, rows }: Panel, results: Results, x: number, y: number): string {
  const samples = results[section]?.[name];
  if (!samples) throw new Error(`The chart needs "${name}" of ${section}, which was not measured.`);
  const bars = rows.map((row) => barOf(samples, row, rows[0] ?? ''));
  const most = Math.max(...bars.map(({ ratio }) => ratio));
  const lines = bars.map(({ label, ratio, text }, index) => {
    const middle = y + PANEL.head + index * PANEL.row;
    const width = Math.max(1, (ratio / most) * BAR.width);
    return `  <text x="${x}" y="${middle + 11}">${label}</text>
  <rect class="${index ? 'other' : 'ours'}" x="${x + BAR.left}" y="${middle}" width="${width.toFixed(1)}" height="${BAR.height}" rx="2"/>
  <text class="figure" x="${(x + BAR.left + width + 6).toFixed(1)}" y="${middle + 11}">${text}</text>`;
  });
  return `  <text class="title" x="${x}" y="${y + 26}">${escapeXml(title)}</text>\n${lines.join('\n')}`;
}

function barOf(samples: Samples, row: string, base: string) {
  const { median, min, max } = ratioOf(samples, row, base);
  if (Number.isNaN(median)) throw new Error(`The chart needs "${row}", which was not measured.`);
  // Only what is measured once, a size, is the same on every machine.
  const size = samples[row]?.length === 1 ? ` · ${figure(spreadOf(samples[row]).median)} B` : '';
  const text =
    min === max ? `${median.toFixed(2)} ×${size}` : `${median.toFixed(2)} × (${min.toFixed(2)}–${max.toFixed(2)})`;
  return { label: escapeXml(row), ratio: median, text };
}

export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
