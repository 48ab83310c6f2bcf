import { compareApi } from '../../../../scripts/breaking/api.js';

/** An api.md of one entry point: a declaration a paragraph. */
export function reportOf(declarations: string, mark = ''): string {
  const blocks = declarations
    .trim()
    .split(/\n\s*\n/)
    .map((code) => {
      const name = /(?:function|class|interface|type|const) (\w+)/.exec(code)?.[1];
      return `### \`${name}\`${mark}\n\n\`\`\`ts\n${code.trim()}\n\`\`\`\n`;
    });
  return ['## `dixa-webhooks`\n', ...blocks].join('\n');
}

/** What is said of a change of such a report, without the name of the entry point. */
export function changesOf(before: string, now: string): string[] {
  return compareApi(reportOf(before), reportOf(now)).map(
    ({ level, where, what }) => `${level} ${where.replace('dixa-webhooks: ', '')} ${what}`,
  );
}
