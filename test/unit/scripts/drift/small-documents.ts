import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type DriftReport, makeReport, readOurs } from '../../../../scripts/drift/report.js';
import { inSmallProject } from './small-project.js';

export const upstreamFile = join(import.meta.dirname, 'upstream.yaml');
export const contractFile = join(import.meta.dirname, 'contract.yaml');

// biome-ignore lint/suspicious/noExplicitAny: a document that the tests change at will.
export type Document = any;

const written = JSON.stringify(parse(readFileSync(upstreamFile, 'utf8')));

/** A copy of the small document, in which nothing is shared. */
export const upstreamDocument = (): Document => JSON.parse(written);

/** The small contract and its ledger. */
export const ours = await inSmallProject(readOurs);

export const reportOn = (text: string, source = 'upstream'): DriftReport => makeReport(ours, { source, text });

/** What drift finds between a document and the small contract. */
export const driftFrom = (document: Document): DriftReport => reportOn(JSON.stringify(document));

/** Every list of event types, whichever description it stands in. */
export function replaceInLists(document: Document, from: string, to: string): Document {
  return JSON.parse(JSON.stringify(document).replaceAll(from, to));
}
