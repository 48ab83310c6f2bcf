import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { version } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { fakeDixa } from '../../../support/fake-dixa.js';

describe('User-Agent', () => {
  it.each(ways)('names this package and its version with $name', async ({ call }) => {
    const { dixa, sent } = fakeDixa();
    await call(dixa);
    expect(sent[0]?.headers.get('user-agent')).toBe(`dixa-webhooks/${version}`);
  });

  it('has the version of package.json', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
    expect(version).toBe(manifest.version);
  });

  it.each(ways)('is left to the browser, with $name', async ({ call }) => {
    vi.stubGlobal('document', {});
    const { dixa, sent } = fakeDixa([], { dangerouslyAllowBrowser: true });
    await call(dixa);
    expect(sent[0]?.headers.has('user-agent')).toBe(false);
  });

  it.each(['User-Agent', 'user-agent'])('can be replaced by a header of the client or of a call: %s', async (name) => {
    const { dixa, sent } = fakeDixa([], { headers: { [name]: 'client/1' } });
    await dixa.list();
    await dixa.list({ headers: { [name]: 'call/1' } });
    expect(sent.map(({ headers }) => headers.get('user-agent'))).toEqual(['client/1', 'call/1']);
  });
});
