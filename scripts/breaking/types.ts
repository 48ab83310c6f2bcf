import ts from 'typescript';
import { isOpen } from './directions.js';
import type { Finding } from './finding.js';
import { armsOf, isSame, listOf } from './meaning.js';
import { compareMembers } from './members.js';
import { changed, type Place } from './place.js';
import { compareSignatures } from './signatures.js';

/** What is taken may get wider, what is given narrower; the reverse breaks those who give, or read. */
export function compareTypes(old: ts.TypeNode, fresh: ts.TypeNode, place: Place): Finding[] {
  if (isSame(old, fresh)) return [];
  if (ts.isParenthesizedTypeNode(old)) return compareTypes(old.type, fresh, place);
  if (ts.isParenthesizedTypeNode(fresh)) return compareTypes(old, fresh.type, place);
  if (ts.isUnionTypeNode(old) || ts.isUnionTypeNode(fresh)) return compareUnions(old, fresh, place);
  if (ts.isTypeLiteralNode(old) && ts.isTypeLiteralNode(fresh)) {
    return compareMembers(old.members, fresh.members, { ...place, member: undefined });
  }
  if (ts.isFunctionTypeNode(old) && ts.isFunctionTypeNode(fresh)) return compareSignatures(old, fresh, place);
  const [a, b] = [listOf(old), listOf(fresh)];
  if (a && b) {
    const elements = compareTypes(a.element, b.element, { ...place, where: `${place.where}[]` });
    return [...compareReadonly(a.isReadonly, b.isReadonly, place), ...elements];
  }
  const [was, is] = [promisedBy(old), promisedBy(fresh)];
  return was && is ? compareTypes(was, is, place) : changed(old, fresh, place);
}

function promisedBy(node: ts.TypeNode): ts.TypeNode | undefined {
  return ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Promise' ? node.typeArguments?.[0] : undefined;
}

/** A list that is readonly does not pass where one is asked for that may be written to. */
function compareReadonly(was: boolean, is: boolean, { where, direction }: Place): Finding[] {
  if (was === is) return [];
  const harmless = direction === (is ? 'in' : 'out');
  return [{ level: harmless ? 'minor' : 'major', where, what: is ? 'is now readonly' : 'may now be written to' }];
}

function compareUnions(old: ts.TypeNode, fresh: ts.TypeNode, place: Place): Finding[] {
  const [before, now] = [armsOf(old), armsOf(fresh)];
  const gone = [...before].filter(([arm]) => !now.has(arm)).map(([, text]) => text);
  const added = [...now].filter(([arm]) => !before.has(arm)).map(([, text]) => text);
  // One for one is no widening.
  if (gone.length > 0 && added.length > 0) return changed(old, fresh, place);
  const open = [old, fresh].every((node) => ts.isUnionTypeNode(node) && isOpen(node, place.declarations));
  const direction = open ? 'in' : place.direction;
  const { where } = place;
  return [
    ...gone.map(
      (arm): Finding =>
        direction === 'in'
          ? { level: 'major', where, what: `no longer takes ${arm}` }
          : direction === 'out' && nothing.includes(arm)
            ? { level: 'minor', where, what: `is never ${arm} any more` }
            : { level: 'major', where, what: `is never ${arm} any more, which those who test for it cannot compile` },
    ),
    ...added.map(
      (arm): Finding =>
        direction === 'in'
          ? { level: 'minor', where, what: `also takes ${arm}` }
          : { level: 'major', where, what: `can also be ${arm}, which those who read it do not expect` },
    ),
  ];
}

/** What code may still test for when it never comes. */
const nothing = ['null', 'undefined'];
