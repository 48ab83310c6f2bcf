import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { segments } from '../lib/json-pointer.js';

/** A YAML file of ours: what it says, and in which line. */
export interface YamlSource {
  readonly value: unknown;
  /** The line of what a pointer names, or of the nearest thing around it that is there. */
  lineOf(pointer: string): number;
}

/** Throws the parser's own error, which names line and column. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw error;
  const lineOf = (pointer: string) => {
    let node: Node | null = document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const segment of segments(pointer)) {
      const step = stepInto(node, segment);
      if (!step) break;
      offset = step.offset;
      node = step.node;
    }
    return lines.linePos(offset).line;
  };
  return { value: document.toJS(), lineOf };
}

function stepInto(node: Node | null, segment: string): { offset: number; node: Node | null } | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
    return pair?.key.range ? { offset: pair.key.range[0], node: pair.value } : undefined;
  }
  const item = isSeq<Node>(node) ? node.items[Number(segment)] : undefined;
  return item?.range ? { offset: item.range[0], node: item } : undefined;
}
