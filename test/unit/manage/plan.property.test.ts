import { type AnyEventType, allOf, anyOf, basicAuth, isOneOf, noAuth, tokenAuth } from 'dixa-webhooks';
import { applyPlan, planSubscriptions, type WantedSubscription } from 'dixa-webhooks/manage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kept, memoryAccount, secretOf, uuid } from '../../support/memory-account.js';
import { base64, everythingShownOf } from '../../support/secrets.js';

const url = fc.constantFrom('https://example.com/a', 'https://example.com/b', 'https://user:s3cret-url@example.com/');
const events = fc.shuffledSubarray<AnyEventType>(['ConversationRated', 'ConversationClosed', 'ConversationCreated']);
const authorization = fc.constantFrom(
  noAuth(),
  tokenAuth('s3cret-token'),
  tokenAuth('s3cret-other'),
  basicAuth('user', 's3cret-pässword'),
);
const headerName = fc.constantFrom('X-One', 'x-two', 'X-Three');
const customHeaders = fc.dictionary(headerName, fc.constantFrom('s3cret-header', 's3cret-value'));
const condition = fc
  .shuffledSubarray(['email', 'pstn_phone', 'chat'], { minLength: 1 })
  .map((values) => isOneOf('InitialChannel', values));
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 });
const filters = fc.oneof(
  conditions.map((list) => ({ Conversation: allOf(...list) })),
  conditions.map((list) => ({ Conversation: anyOf(...list) })),
);

const account = fc.array(
  fc.record({
    name: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
    url,
    events: fc.oneof(events, fc.constant(null), fc.constant(undefined)),
    enabled: fc.boolean(),
    filters: fc.oneof(filters, fc.constant(null), fc.constant(undefined)),
    authorization,
    customHeaders,
  }),
  { maxLength: 5 },
);

/** What of a subscription may be wanted. One that exists is named by its name or its id, and a new one is whole. */
const wish = fc.record(
  { url, events, enabled: fc.boolean(), filters, authorization, customHeaders },
  { requiredKeys: [] },
);
const identities = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 5 });

/** An account and a list of wanted subscriptions that fit: no two that exist have one name, unless an id decides. */
const situation = fc
  .tuple(account, identities, fc.array(wish, { minLength: 5, maxLength: 5 }), fc.boolean(), fc.integer(), fc.boolean())
  .map(([bare, chosen, wishes, showsCustomHeaders, byId, prune]) => {
    const kept = bare.map((each, index) => ({ ...each, id: uuid(index), secretKey: secretOf(index) })) as Kept[];
    const wanted = chosen.map((number, index): WantedSubscription => {
      const named = kept[number];
      const isUnique = kept.filter(({ name }) => name === named?.name).length === 1;
      const wish = wishes[index] as WantedSubscription;
      if (named && isUnique && (byId >> index) % 2) return { ...wish, name: named.name };
      if (named) return { ...wish, id: named.id, name: index % 2 ? `renamed ${number}` : undefined };
      const whole = { url: 'https://example.com/new', events: ['ConversationRated'] as const };
      return { ...whole, ...wish, name: `new ${number}` };
    });
    return { kept, wanted, showsCustomHeaders, prune };
  });

/** Applies what is wanted to an account. */
async function apply({ kept, wanted, prune, ...options }: typeof situation extends fc.Arbitrary<infer T> ? T : never) {
  const made = memoryAccount(kept, options);
  const plan = planSubscriptions(wanted, await made.dixa.list(), { prune });
  await applyPlan(made.dixa, plan);
  return { ...made, plan };
}

describe('a plan that is applied to any account', () => {
  it('leaves nothing to do', async () => {
    const property = fc.asyncProperty(situation, async (given) => {
      const { dixa } = await apply(given);
      const next = planSubscriptions(given.wanted, await dixa.list(), { prune: given.prune });
      expect(next.steps).toEqual([]);
      expect(next.unchanged).toHaveLength(given.wanted.length);
    });
    await fc.assert(property);
  });

  it('deletes nothing unless that is asked for, and then only what is not wanted', async () => {
    const property = fc.asyncProperty(situation, async (given) => {
      const { kept, changed } = await apply(given);
      const left = given.kept.filter(({ id }) => kept.has(id)).length;
      if (given.prune) expect(kept.size).toBe(given.wanted.length);
      else expect(left).toBe(given.kept.length);
      expect(changed.filter((request) => request.startsWith('DELETE'))).toHaveLength(given.kept.length - left);
    });
    await fc.assert(property);
  });

  it('touches no subscription that is not wanted, unless it is to be deleted', async () => {
    const property = fc.asyncProperty(situation, async (given) => {
      const { kept } = await apply({ ...given, prune: false });
      const isWanted = ({ id, name }: Kept) => given.wanted.some((each) => each.id === id || each.name === name);
      for (const before of given.kept) if (!isWanted(before)) expect(kept.get(before.id)).toBe(before);
    });
    await fc.assert(property);
  });

  it('keeps the secrets, and the properties that are not named', async () => {
    const property = fc.asyncProperty(situation, async (given) => {
      const { kept } = await apply(given);
      for (const before of given.kept) {
        const after = kept.get(before.id);
        const wish = given.wanted.find(({ id, name }) => (id ? id === before.id : name === before.name));
        if (!wish || !after) continue;
        const { id, ...named } = wish;
        const changed = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
        for (const [property, value] of Object.entries(before)) {
          if (!(property in changed)) expect([property, after[property as keyof Kept]]).toEqual([property, value]);
        }
      }
    });
    await fc.assert(property);
  });

  it('is pure, and prints no secret', async () => {
    const property = fc.asyncProperty(situation, async ({ kept, wanted, prune, showsCustomHeaders }) => {
      const existing = await memoryAccount(kept, { showsCustomHeaders }).dixa.list();
      const before = structuredClone({ wanted, existing });
      const plan = planSubscriptions(wanted, existing, { prune });
      expect({ wanted, existing }).toEqual(before);
      const printed = everythingShownOf(plan) + JSON.stringify(plan);
      for (const secret of ['s3cret', base64('user:s3cret-pässword'), ...kept.map(({ secretKey }) => secretKey)]) {
        expect(printed).not.toContain(secret);
      }
    });
    await fc.assert(property);
  });
});
