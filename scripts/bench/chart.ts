import type { Samples } from './harness.js';
import type { Results } from './sections.js';
import { ratio, ratioOf, withRange } from './statistics.js';

/** A group of bars: what the contenders of a case cost, relative to the first of them, which is ours. */
const panels: readonly (readonly [title: string, section: string, name: string])[] = [
  ['A list in memory', 'client', 'list'],
  ['A create in memory', 'client', 'create'],
  ['A list over HTTP', 'client-http', 'list'],
  ['A create over HTTP', 'client-http', 'create'],
  ['An event of 10 kB, verified and handled', 'receiver', '10 kB'],
  ['The client in a bundle: minified and gzipped', 'client-size', 'bundle, B'],
  ['A delivery of 1 kB over HTTP', 'http', '1 kB'],
  ['A delivery of 10 kB over HTTP', 'http', '10 kB'],
];

/** What the tables have besides others' packages and what one writes by hand. */
const notShown = /with memoryDedupe$| alone$|^an empty/;

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
  const drawn = panels.map(([title, section, name]) => {
    const samples = results[section]?.[name];
    if (!samples) throw new Error(`The chart needs "${name}" of ${section}, which was not measured.`);
    return { title, bars: barsOf(samples) };
  });
  let top = 46;
  const parts = drawn.map((panel, index) => {
    const part = draw(panel, 20 + (index % 2) * (PANEL.width + PANEL.gap), top);
    const rows = Math.max(panel.bars.length, drawn[index - 1]?.bars.length ?? 0);
    if (index % 2) top += PANEL.head + PANEL.row * rows + PANEL.gap;
    return part;
  });
  const summary = 'CPU per operation, and size, relative to dixa-webhooks: less is better';
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

interface Bar {
  readonly label: string;
  readonly ratio: number;
  readonly text: string;
}

function barsOf(samples: Samples): readonly Bar[] {
  const shown = Object.keys(samples).filter((row) => !notShown.test(row));
  return shown.map((row) => {
    const compared = ratioOf(samples, row, shown[0] ?? '');
    return { label: row, ratio: compared.median, text: `${withRange(compared, ratio)} ×` };
  });
}

function draw({ title, bars }: { title: string; bars: readonly Bar[] }, x: number, y: number): string {
  const most = Math.max(...bars.map(({ ratio }) => ratio));
  const lines = bars.map(({ label, ratio, text }, index) => {
    const middle = y + PANEL.head + index * PANEL.row;
    const width = Math.max(1, (ratio / most) * BAR.width);
    return `  <text x="${x}" y="${middle + 11}">${escapeXml(label)}</text>
  <rect class="${index ? 'other' : 'ours'}" x="${x + BAR.left}" y="${middle}" width="${width.toFixed(1)}" height="${BAR.height}" rx="2"/>
  <text class="figure" x="${(x + BAR.left + width + 6).toFixed(1)}" y="${middle + 11}">${text}</text>`;
  });
  return `  <text class="title" x="${x}" y="${y + 26}">${escapeXml(title)}</text>\n${lines.join('\n')}`;
}

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
