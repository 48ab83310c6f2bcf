import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Finished, packageFile, runNode } from './run-node.js';

/** Runs redocly in `root`, where its configuration is. It must not use the network. */
export function redocly(args: string[], root: string): Promise<Finished> {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return runNode([packageFile('@redocly/cli', 'bin/cli.js'), ...args], { cwd: root, env });
}

/** An error in the contract, as redocly reports it. */
export interface Fault {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly suggest: readonly string[];
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The contract does not pass lint. The message lists the causes. */
export class LintError extends Error {
  override name = 'LintError';
}

/** Prints faults: each cause once, with its line. Those that follow from others are only counted. */
export function faultsText(faults: readonly Fault[], root: string): string {
  const text = lineReader(root);
  const causes = new Map<string, Fault[]>();
  for (const fault of withoutFollowing(faults)) {
    // The same message about the same text has one cause, however often it occurs.
    const key = JSON.stringify([fault.ruleId, fault.message, text(fault).trim()]);
    causes.set(key, [...(causes.get(key) ?? []), fault]);
  }
  const shown = [...causes.values()].map(([first, ...others]) => (first ? causeText(first, others, text(first)) : ''));
  const hidden = faults.length - causes.size;
  const one = causes.size === 1;
  const summary = one ? '1 error.' : `${causes.size} errors.`;
  const rest = hidden > 0 ? ` Not shown: ${hidden} that follow from ${one ? 'it' : 'them'} or repeat elsewhere.` : '';
  // Redocly prints absolute paths.
  return [...shown, summary + rest].join('\n\n').replaceAll(`${resolve(root)}/`, '');
}

/** If a schema is wrong, its examples fail too, everywhere the schema is used. */
function withoutFollowing(faults: readonly Fault[]): readonly Fault[] {
  const causes = faults.filter(({ message }) => !message.startsWith('Example validation errored'));
  return causes.length > 0 ? causes : faults;
}

function causeText({ ruleId, message, suggest, ...place }: Fault, others: readonly Fault[], line: string): string {
  const places = [...new Set(others.map(placeText))].filter((each) => each !== placeText(place));
  const also = places.length > 3 ? [...places.slice(0, 3), `${places.length - 3} more places`] : places;
  return [
    `${placeText(place)}  ${ruleId}`,
    `  ${line.trim()}`,
    `  ${message.replaceAll('\n', '\n  ')}`,
    ...(suggest.length > 0 ? [`  Did you mean ${suggest.slice(0, 3).join(', ')}?`] : []),
    ...(also.length > 0 ? [`  Also at ${also.join(', ')}.`] : []),
  ].join('\n');
}

const placeText = ({ file, line, column }: Pick<Fault, 'file' | 'line' | 'column'>) => `${file}:${line}:${column}`;

function lineReader(root: string): (fault: Fault) => string {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? readFileSync(join(root, file), 'utf8').split('\n');
    files.set(file, lines);
    return lines[line - 1] ?? '';
  };
}
