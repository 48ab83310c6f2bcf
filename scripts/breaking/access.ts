import ts from 'typescript';
import type { Finding } from './finding.js';
import type { Place } from './place.js';

/** Who may use what a class has, the most people first. */
const visibilities = ['public', 'protected', 'private'] as const;
type Visibility = (typeof visibilities)[number];

const flags = { protected: ts.ModifierFlags.Protected, private: ts.ModifierFlags.Private } as const;

export function visibilityOf(node: ts.Declaration): Visibility {
  const modifiers = ts.getCombinedModifierFlags(node);
  return modifiers & flags.private ? 'private' : modifiers & flags.protected ? 'protected' : 'public';
}

export const isAbstract = (node: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;

/** What changed of who may use a member, make a class, or has to complete it. */
export function compareAccess(old: ts.Declaration, fresh: ts.Declaration, { where }: Place): Finding[] {
  const findings: Finding[] = [];
  const [was, is] = [visibilityOf(old), visibilityOf(fresh)];
  if (was !== is) {
    const level = visibilities.indexOf(is) > visibilities.indexOf(was) ? 'major' : 'minor';
    findings.push({ level, where, what: `was ${was}, is ${is}` });
  }
  if (isAbstract(old) !== isAbstract(fresh)) {
    findings.push(
      isAbstract(fresh)
        ? { level: 'major', where, what: 'is now abstract' }
        : { level: 'minor', where, what: 'is no longer abstract' },
    );
  }
  return findings;
}
