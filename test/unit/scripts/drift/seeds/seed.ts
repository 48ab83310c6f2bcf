import type { Document } from '../small-documents.js';

/** A change of the small document, and all that must be found of it. */
export interface Seed {
  readonly title: string;
  /** Changes the document, or returns another. */
  readonly change: (document: Document) => unknown;
  /** `<change> <subject> <name> at <pointer in the contract>: <what the contract says> → <what upstream says>` */
  readonly finds: readonly string[];
  /** The entries that the change makes useless, with their places. */
  readonly stale?: readonly string[];
}

export const byId = '/beta/webhooks/{webhookSubscriptionId}';
export const logs = `${byId}/deliveries/{event}`;
export const schemas = (document: Document): Document => document.components.schemas;
export const json = (schema: object) => ({ 'application/json': { schema } });
