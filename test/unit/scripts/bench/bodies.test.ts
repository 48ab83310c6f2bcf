import { expect, it } from 'vitest';
import { bodyCases, bodyOf, forged } from '../../../../scripts/bench/bodies.js';
import { checkedWorks } from '../../../../scripts/bench/contenders.js';

it.each(bodyCases)(
  'a body of $name is an event of that size, and another event of that size once it is forged',
  ({ name, bytes }) => {
    const body = bodyOf(name);
    const changed = forged(body);
    expect(body.length).toBeGreaterThan(bytes * 0.9);
    expect(body.length).toBeLessThanOrEqual(bytes);
    expect(changed.length).toBe(body.length);
    const { event_id: id, ...rest } = JSON.parse(body.toString());
    const { event_id: otherId, ...others } = JSON.parse(changed.toString());
    expect(otherId).not.toBe(id);
    expect(others).toEqual(rest);
  },
);

it('a contender that judges no signature is not measured', async () => {
  const parses = { name: 'JSON.parse', prepare: () => (bytes: Buffer) => JSON.parse(bytes.toString()) };
  await expect(checkedWorks([parses], bodyOf('1 kB'))).rejects.toThrow('JSON.parse takes what was changed.');
});
