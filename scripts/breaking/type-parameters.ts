import type ts from 'typescript';
import type { Finding } from './finding.js';
import { isSame, textOf } from './meaning.js';
import type { Place } from './place.js';
import { compareTypes } from './types.js';

type TypeParameters = readonly ts.TypeParameterDeclaration[];

/** What changed of the type parameters. The direction of `place` is that of what they take; their names say nothing. */
export function compareTypeParameters(old: TypeParameters = [], fresh: TypeParameters = [], place: Place): Finding[] {
  const { where } = place;
  const findings: Finding[] = [];
  for (const [index, a] of old.entries()) {
    const b = fresh[index];
    const at = { ...place, where: `${where}<${textOf((b ?? a).name)}>` };
    if (!b) findings.push({ level: 'major', where, what: `no longer has the type parameter \`${textOf(a)}\`` });
    else findings.push(...compareConstraints(a.constraint, b.constraint, at), ...compareDefaults(a, b, at.where));
  }
  for (const added of fresh.slice(old.length)) {
    const trouble = added.default ? '' : ', which those who name its arguments do not give';
    const what = `has the new type parameter \`${textOf(added)}\`${trouble}`;
    findings.push({ level: trouble ? 'major' : 'minor', where, what });
  }
  return findings;
}

function compareConstraints(old: ts.TypeNode | undefined, fresh: ts.TypeNode | undefined, place: Place): Finding[] {
  const { where, direction } = place;
  if (old && fresh) return compareTypes(old, fresh, place);
  if (fresh) return [{ level: 'major', where, what: `now has to extend \`${textOf(fresh)}\`` }];
  const level = direction === 'in' ? 'minor' : 'major';
  return old ? [{ level, where, what: `no longer has to extend \`${textOf(old)}\`` }] : [];
}

/** Whoever leaves a type argument out gets its default. */
function compareDefaults(
  { default: old }: ts.TypeParameterDeclaration,
  { default: fresh }: ts.TypeParameterDeclaration,
  where: string,
): Finding[] {
  if (old && !fresh) return [{ level: 'major', where, what: 'can no longer be left out' }];
  if (!old && fresh) return [{ level: 'minor', where, what: 'may now be left out' }];
  if (!old || !fresh || isSame(old, fresh)) return [];
  return [{ level: 'major', where, what: `was \`${textOf(old)}\` where it is left out, is \`${textOf(fresh)}\`` }];
}
