import { plain, plainSays } from './plain-text.js';
import { absent, type Says } from './says.js';

/** A thing that one side has and the other lacks. */
export type Thing =
  | 'server'
  | 'operation'
  | 'parameter'
  | 'request body'
  | 'media type'
  | 'status'
  | 'header'
  | 'property'
  | 'required property'
  | 'nullability'
  | 'union member'
  | 'webhooks'
  | 'event type'
  | 'filter field'
  | 'enum value';

/** One place where the contract and Dixa's document say different things. */
export interface Finding {
  /** `new`: only upstream has it. `gone`: only the contract has it. `changed`: both speak of it, and differ. */
  readonly change: 'new' | 'gone' | 'changed';
  /** What it is about: a thing, or the keyword that differs, such as `format`. */
  readonly subject: Thing | (string & {});
  /** The name of what is new, gone or changed. */
  readonly name: string;
  readonly contract: {
    /** JSON pointer into openapi/dixa-webhooks.yaml; for what the contract lacks, where it would stand. */
    readonly pointer: string;
    /** In plain form, as the ledger holds it. */
    readonly says: Says;
  };
  readonly upstream: {
    /** JSON pointers into Dixa's document, each place that differs so; for what it lacks, where it would stand. */
    readonly pointers: readonly string[];
    readonly says: Says;
  };
}

/** One side of a finding, while it is looked for. */
export interface Side {
  readonly pointer: string;
  readonly says: Says;
}

/** Finds the same thing at several places upstream once. */
export class FindingCollector {
  readonly #found = new Map<string, Finding & { upstream: { pointers: string[] } }>();

  /** One side has a thing, and the other lacks it. */
  thing(subject: Thing, name: string, contract: Side, upstream: Side): void {
    this.#add(contract.says === absent ? 'new' : 'gone', subject, name, contract, upstream);
  }

  /** Something that both sides have differs. */
  changed(subject: string, name: string, contract: Side, upstream: Side): void {
    if (contract.says !== upstream.says) this.#add('changed', subject, name, contract, upstream);
  }

  all(): Finding[] {
    return [...this.#found.values()];
  }

  #add(change: Finding['change'], about: string, name: string, contract: Side, upstream: Side): void {
    const subject = plain(about);
    const ours = { pointer: plain(contract.pointer), says: plainSays(contract.says) };
    const theirs = { says: plainSays(upstream.says), pointers: [upstream.pointer] };
    // A finding is what is said of a place of the contract. Its name is no part of that: a response that several operations share is
    // called after the first of them. Nor is upstream's pointer: Dixa repeats what the contract says once.
    const key = JSON.stringify([subject, ours, theirs.says]);
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, { change, subject, name: plain(name), contract: ours, upstream: theirs });
    else if (!known.upstream.pointers.includes(upstream.pointer)) known.upstream.pointers.push(upstream.pointer);
  }
}
