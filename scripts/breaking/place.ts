import type ts from 'typescript';
import type { Declarations, Direction } from './directions.js';
import type { Finding } from './finding.js';
import { textOf } from './meaning.js';

/** Where a type stands, and which way its values go there. */
export interface Place {
  readonly where: string;
  readonly direction: Direction;
  readonly declarations: Declarations;
  /** The direction of a member that is used without the whole. */
  readonly member?: ((name: string) => Direction | undefined) | undefined;
}

type Nodes = ts.Node | readonly ts.Node[];

/** For what cannot be told to be compatible. */
export function changed(old: Nodes, fresh: Nodes, { where }: Place): Finding[] {
  return [{ level: 'major', where, what: `was \`${textOf(old)}\`, is \`${textOf(fresh)}\`` }];
}
