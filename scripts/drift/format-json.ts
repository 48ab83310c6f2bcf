import type { DriftReport } from './report.js';

/** For programs. JSON leaves some characters as they are that could do something to a terminal: these are escaped too. */
export function formatJson(report: DriftReport): string {
  return JSON.stringify(report, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (text) =>
    // Half by half, as JSON has it.
    Array.from({ length: text.length }, (_, index) => escaped(text.charCodeAt(index))).join(''),
  );
}

const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;
