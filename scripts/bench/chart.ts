import { type BenchCase, columns, figureOf, type SampledColumn, type SectionName, speedOver } from './result.js';

/** One group of bars: what rows of a case cost, beside the first of them. */
interface Panel {
  readonly title: string;
  readonly section: SectionName;
  readonly case: string;
  readonly column: SampledColumn;
  /** Rows and what the chart calls them. The first is ours. */
  readonly rows: readonly (readonly [row: string, label: string])[];
}

const clientRows: Panel['rows'] = [
  ['dixa-webhooks', 'dixa-webhooks'],
  ['openapi-fetch', 'openapi-fetch'],
  ['@hey-api/client-fetch', '@hey-api/client-fetch'],
  ['ofetch', 'ofetch'],
  ['ky', 'ky'],
  ['axios', 'axios'],
];
const listenerRows: Panel['rows'] = [
  ['dixa-webhooks toNodeListener', 'dixa-webhooks'],
  ['node:http, hand-written', 'node:http by hand'],
  ['@octokit/webhooks createNodeMiddleware', '@octokit/webhooks'],
  ['Express with stripe', 'Express with stripe'],
];

const callPanel = (title: string, section: 'client' | 'client-http', name: string): Panel => ({
  title,
  section,
  case: name,
  column: 'time',
  rows: clientRows,
});

const panels: readonly Panel[] = [
  callPanel('One get in memory: time', 'client', 'get (GET)'),
  callPanel('One create in memory: time', 'client', 'create (POST)'),
  callPanel('One get over HTTP: time', 'client-http', 'get (GET)'),
  callPanel('One create over HTTP: time', 'client-http', 'create (POST)'),
  {
    title: 'The client in an application: minified and gzipped',
    section: 'size',
    case: 'clients',
    column: 'bundle',
    rows: clientRows,
  },
  {
    title: 'One event of 10 kB, verified and parsed: time',
    section: 'parse',
    case: '10 kB',
    column: 'time',
    rows: [
      ['dixa-webhooks receive', 'dixa-webhooks'],
      ['createHmac and JSON.parse', 'createHmac, JSON.parse'],
      ['@octokit/webhooks verifyAndReceive', '@octokit/webhooks'],
      ['stripe constructEvent', 'stripe'],
      ['standardwebhooks verify', 'standardwebhooks'],
      ['svix verify', 'svix'],
    ],
  },
  {
    title: 'One delivery of 1 kB over HTTP: CPU time of the server',
    section: 'http',
    case: '1 kB',
    column: 'cpu',
    rows: listenerRows,
  },
  {
    title: 'One delivery of 10 kB over HTTP: CPU time of the server',
    section: 'http',
    case: '10 kB',
    column: 'cpu',
    rows: listenerRows,
  },
];

const WIDTH = 860;
const PANEL = { width: 400, head: 44, row: 26, gap: 20 } as const;
const BAR = { left: 155, width: 130, height: 14 } as const;

/** Its own ground and both themes: it can be read wherever it is shown. */
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
export function chartOf(results: readonly BenchCase[]): string {
  const parts: string[] = [];
  let top = 46;
  for (let index = 0; index < panels.length; index += 2) {
    const pair = panels.slice(index, index + 2);
    pair.forEach((panel, column) => {
      parts.push(drawn(panel, results, 20 + column * (PANEL.width + PANEL.gap), top));
    });
    top += PANEL.head + PANEL.row * Math.max(...pair.map(({ rows }) => rows.length)) + PANEL.gap;
  }
  const summary = 'What dixa-webhooks costs beside what people would pick instead: dixa-webhooks is 1, less is better';
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

function drawn(
  { title, section, case: name, column, rows }: Panel,
  results: readonly BenchCase[],
  x: number,
  y: number,
) {
  const result = results.find((each) => each.section === section && each.name === name);
  if (!result) throw new Error(`The chart needs "${name}" of ${section}, which was not measured.`);
  const [[ours] = ['']] = rows;
  const bars = rows.map(([row, label]) => {
    const value = figureOf(result, row, column);
    if (Number.isNaN(value)) throw new Error(`The chart needs "${row}" of ${name}.`);
    // As the tables have it: from the rounds' own ratios, not the ratio of the medians.
    return { label, value, ratio: speedOver(result, ours, row, column) };
  });
  const most = Math.max(...bars.map(({ ratio }) => ratio));
  const { unit } = columns[column];
  // Of what was measured in rounds, ratios hold and figures do not.
  const showsValues = result.rows.every(({ rounds }) => rounds === undefined);
  const lines = bars.map(({ label, value, ratio }, index) => {
    const middle = y + PANEL.head + index * PANEL.row;
    const width = Math.max(1, (ratio / most) * BAR.width);
    const exact = ` · ${value.toLocaleString('en')} ${unit}`;
    const figure = `${ratio.toFixed(2)} ×${showsValues ? exact : ''}`;
    return `  <text x="${x}" y="${middle + 11}">${label}</text>
  <rect class="${index ? 'other' : 'ours'}" x="${x + BAR.left}" y="${middle}" width="${width.toFixed(1)}" height="${BAR.height}" rx="2"/>
  <text class="figure" x="${(x + BAR.left + width + 6).toFixed(1)}" y="${middle + 11}">${figure}</text>`;
  });
  return `  <text class="title" x="${x}" y="${y + 26}">${title}</text>\n${lines.join('\n')}`;
}
