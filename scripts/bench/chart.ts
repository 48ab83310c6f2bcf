import { notCompared } from './report.js';
import type { Results } from './sections.js';
import { ratio, ratioOf, type Samples, withRange } from './statistics.js';

/** One panel per case: the cost of each contender, relative to the first, which is ours. */
const panels: readonly (readonly [title: string, section: string, name: string])[] = [
  ['list() in memory', 'client', 'list'],
  ['create() in memory', 'client', 'create'],
  ['list() over HTTP', 'client-http', 'list'],
  ['create() over HTTP', 'client-http', 'create'],
  ['Verify and handle an event of 10 kB', 'receiver', '10 kB'],
  ['Client bundle, minified and gzipped', 'client-size', 'bundle, B'],
  ['Delivery of 1 kB over HTTP', 'http', '1 kB'],
  ['Delivery of 10 kB over HTTP', 'http', '10 kB'],
];

const PANEL = { width: 420, height: 194, head: 44, row: 26 } as const;
const BAR = { left: 165, width: 130, height: 14 } as const;

/** The chart has its own background and both themes, so it is readable everywhere. */
const style = `
    text { font: 12px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600 }
    .note { fill-opacity: 0.75 }
    .ground { fill: #ffffff; stroke: #8c959f }
    .ours { fill: #0969da }
    .other { fill: #8c959f }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .ground { fill: #0d1117 }
      .ours { fill: #4493f8 }
    }`;

/** The chart of the main ratios, as SVG. */
export function chartOf(results: Results): string {
  const drawn = panels.map(([title, section, name], index) => {
    const samples = results[section]?.[name];
    if (!samples) throw new Error(`The chart needs the case "${name}" of section ${section}, which was not measured.`);
    return panel(title, samples, 20 + (index % 2) * PANEL.width, 46 + Math.floor(index / 2) * PANEL.height);
  });
  const [width, height] = [20 + 2 * PANEL.width, 46 + (drawn.length / 2) * PANEL.height];
  const summary = 'CPU per operation, and size, relative to dixa-webhooks (lower is better)';
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
  <title>${summary}</title>
  <style>${style}
  </style>
  <rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
  <text class="note" x="20" y="30">${summary}.</text>
${drawn.join('\n')}
</svg>
`;
}

function panel(title: string, samples: Samples, x: number, y: number): string {
  const shown = Object.keys(samples).filter((row) => !notCompared.test(row));
  const ratios = shown.map((row) => ratioOf(samples, row, shown[0] ?? ''));
  const most = Math.max(...ratios.map(({ median }) => median));
  const bars = ratios.map((compared, index) => {
    const top = y + PANEL.head + index * PANEL.row;
    const width = Math.max(1, (compared.median / most) * BAR.width);
    return `  <text x="${x}" y="${top + 11}">${escapeXml(shown[index] ?? '')}</text>
  <rect class="${index ? 'other' : 'ours'}" x="${x + BAR.left}" y="${top}" width="${width.toFixed(1)}" height="${BAR.height}" rx="2"/>
  <text class="note" x="${(x + BAR.left + width + 6).toFixed(1)}" y="${top + 11}">${withRange(compared, ratio)} ×</text>`;
  });
  return `  <text class="title" x="${x}" y="${y + 26}">${escapeXml(title)}</text>\n${bars.join('\n')}`;
}

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
