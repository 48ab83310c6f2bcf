import { describe, expect, it } from 'vitest';
import { compareSecurity } from '../../../../scripts/breaking/security.js';

type Requirement = Readonly<Record<string, readonly string[]>>;

/** A contract of one operation and one event, with the requirements of all and those of the operation. */
function contract(all: readonly Requirement[] | undefined, own?: readonly Requirement[]) {
  const operation = own ? { security: own } : {};
  return {
    security: all,
    paths: { '/a': { parameters: [], get: operation } },
    webhooks: { B: { post: { security: [] } } },
  };
}

const key = { Key: [] };
const other = { Other: [] };

describe('what a caller has to show', () => {
  it.each([
    ['is the same', contract([key]), contract([key]), []],
    ['is the same in another order', contract([key, other]), contract([other, key]), []],
    ['is something else', contract([key]), contract([other]), ['major #/security was Key, is Other']],
    ['is more', contract([key]), contract([{ ...key, ...other }]), ['major #/security was Key, is Key and Other']],
    ['is less', contract([{ ...key, ...other }]), contract([key]), ['minor #/security was Key and Other, is Key']],
    [
      'may also be something else',
      contract([key]),
      contract([key, other]),
      ['minor #/security was Key, is Key or Other'],
    ],
    [
      'may no longer be one of two',
      contract([key, other]),
      contract([key]),
      ['major #/security was Key or Other, is Key'],
    ],
    ['is nothing any more', contract([key]), contract([]), ['minor #/security was Key, is nothing']],
    ['was nothing', contract(undefined), contract([key]), ['major #/security was nothing, is Key']],
    ['was optional', contract([key, {}]), contract([key]), ['major #/security was Key or nothing, is Key']],
    [
      'has a scope more',
      contract([{ Key: ['read'] }]),
      contract([{ Key: ['read', 'write'] }]),
      ['major #/security was Key and Key:read, is Key and Key:read and Key:write'],
    ],
    [
      'is something else for one operation',
      contract([key]),
      contract([key], [other]),
      ['major #/paths/~1a/get/security was Key, is Other'],
    ],
    ['is told of for one operation too', contract([key]), contract([key], [key]), []],
    [
      'is nothing any more for one operation',
      contract([key], [key]),
      contract([key], []),
      ['minor #/paths/~1a/get/security was Key, is nothing'],
    ],
    [
      'is something else for all but one operation',
      contract([key], [key]),
      contract([other], [key]),
      ['major #/security was Key, is Other'],
    ],
    ['is told of no more, with the operation', contract([key], [key]), { security: [key], paths: {} }, []],
  ])('%s', (_, before, now, expected) => {
    const findings = [...compareSecurity(before, now)];
    expect(findings.map(({ level, where, what }) => `${level} ${where} ${what}`)).toEqual(
      expected.map((text) => (text.startsWith('major') ? `${text}: what was enough may be refused` : text)),
    );
  });
});
