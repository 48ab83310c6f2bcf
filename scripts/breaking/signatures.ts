import type ts from 'typescript';
import { flip } from './directions.js';
import type { Finding } from './finding.js';
import { meaningOf, textOf } from './meaning.js';
import { changed, type Place } from './place.js';
import { compareTypeParameters } from './type-parameters.js';
import { compareTypes } from './types.js';

/** A signature more is more to call, and more to write for those who give it; whatever else changes may be one that is used. */
export function compareOverloads(
  before: readonly ts.SignatureDeclaration[],
  now: readonly ts.SignatureDeclaration[],
  place: Place,
): Finding[] {
  const [gone, added] = [without(before, now), without(now, before)];
  const [old, fresh] = [gone[0], added[0]];
  if (old && fresh && gone.length === 1 && added.length === 1) return compareSignatures(old, fresh, place);
  const { where } = place;
  return [
    ...gone.map((each): Finding => ({ level: 'major', where, what: `is no longer \`${textOf(each)}\`` })),
    ...added.map(
      (each): Finding => ({
        level: place.direction === 'out' ? 'minor' : 'major',
        where,
        what: `is also \`${textOf(each)}\``,
      }),
    ),
  ];
}

function without<T extends ts.Node>(signatures: readonly T[], others: readonly ts.Node[]): T[] {
  const known = others.map(meaningOf);
  return signatures.filter((each) => !known.includes(meaningOf(each)));
}

/** A function that users call, if its direction is `out`; one that they give, if it is `in`. Names of parameters say nothing. */
export function compareSignatures(
  old: ts.SignatureDeclaration,
  fresh: ts.SignatureDeclaration,
  place: Place,
): Finding[] {
  const { where } = place;
  if (takesThis(old) !== takesThis(fresh)) return changed(old, fresh, place);
  const parameters = { ...place, direction: flip(place.direction) };
  const findings = compareTypeParameters(old.typeParameters, fresh.typeParameters, parameters);
  for (const [index, a] of old.parameters.entries()) {
    const b = fresh.parameters[index];
    const name = textOf((b ?? a).name);
    const at = { ...parameters, where: `${where}(${name})` };
    if (!b) {
      findings.push({ level: 'major', where, what: `no longer has the parameter ${name}` });
      continue;
    }
    if (mayBeLeftOut(a) && !mayBeLeftOut(b)) {
      findings.push(
        place.direction === 'in'
          ? { level: 'minor', where: at.where, what: 'is now always there' }
          : { level: 'major', where: at.where, what: 'can no longer be left out' },
      );
    } else if (!mayBeLeftOut(a) && mayBeLeftOut(b)) {
      findings.push(
        place.direction === 'out'
          ? { level: 'minor', where: at.where, what: 'may now be left out' }
          : { level: 'major', where: at.where, what: 'may now be absent' },
      );
    }
    if ((a.dotDotDotToken === undefined) !== (b.dotDotDotToken === undefined)) findings.push(...changed(a, b, at));
    else if (a.type && b.type) findings.push(...compareTypes(a.type, b.type, at));
  }
  for (const added of fresh.parameters.slice(old.parameters.length)) {
    // A function that ignores what it is given beyond its parameters fits as before.
    const harmless = mayBeLeftOut(added) || place.direction === 'in';
    const what = `has the new parameter \`${textOf(added)}\`${harmless ? '' : ', which calls do not give'}`;
    findings.push({ level: harmless ? 'minor' : 'major', where, what });
  }
  if (old.type && fresh.type) findings.push(...compareTypes(old.type, fresh.type, { ...place, where: `${where}()` }));
  return findings;
}

/** `this` stands among the parameters, but calls do not give it there. */
const takesThis = ({ parameters: [first] }: ts.SignatureDeclaration) => first?.name.getText() === 'this';

export const mayBeLeftOut = (parameter: ts.ParameterDeclaration) =>
  parameter.questionToken !== undefined || parameter.dotDotDotToken !== undefined;
