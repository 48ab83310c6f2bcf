import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaseResolver, lintDocument, type NormalizedProblem, Source } from '@redocly/openapi-core';
import contract from '../../../../generated/openapi.json' with { type: 'json' };
import { contractSource } from '../../../../scripts/generate/read-contract.js';
import { projectRoot } from './project.js';

// biome-ignore lint/suspicious/noExplicitAny: faults break the shape of the document, which is what they are for
export type Document = any;

/** One fault: where and how it is added. */
export interface Fault {
  rule: string;
  where: string;
  plant: (document: Document) => void;
}

const [{ config }, withoutExamples] = [await contractSource(projectRoot), await contractSource(projectRoot)];
for (const kind of ['media-type', 'parameter', 'schema']) {
  withoutExamples.config.rules.oas3_1[`no-invalid-${kind}-examples`] = 'off';
}

/**
 * Plants a fault in a copy of the bundled contract, and lints that by the project's own configuration. To check the examples takes most
 * of the time, so that is only done if the `rule` in question is one of those that do it.
 */
export async function lintPlanted({
  plant,
  rule = '',
}: Partial<Fault> & Pick<Fault, 'plant'>): Promise<NormalizedProblem[]> {
  const parsed: Document = structuredClone(contract);
  plant(parsed);
  return lintDocument({
    document: { source: new Source(join(projectRoot, 'planted.json'), '{}'), parsed },
    config: rule.startsWith('no-invalid-') ? config : withoutExamples.config,
    externalRefResolver: new BaseResolver(),
  });
}

/** The rules by which a document fails, each once. */
export const rulesOf = (problems: readonly NormalizedProblem[]): string[] => [
  ...new Set(problems.map(({ ruleId, severity }) => (severity === 'error' ? ruleId : `${ruleId}: only a ${severity}`))),
];

/** The rules that redocly.yaml names, so that a new one fails its test until a fault is planted for it. */
export function rulesInConfiguration(): string[] {
  const [, rules = ''] = readFileSync(join(projectRoot, 'redocly.yaml'), 'utf8').split(/^rules:$/m);
  return [...rules.matchAll(/^ {2}([\w/-]+):/gm)].map(([, id = '']) => id);
}
