import { describe, expect, it, vi } from 'vitest';
import { createDixaWebhooks, DixaConfigurationError } from '../../../../src/client/index.js';
import { apiKey, fakeDixa } from '../../../support/fake-dixa.js';

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

describe('browser', () => {
  describe.each([
    ['page', { document: {}, navigator: { userAgent } }],
    ['worker', { navigator: { userAgent } }],
  ])('%s', (_, globals) => {
    it('is refused, and the error says why', () => {
      for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
      expect(() => createDixaWebhooks({ apiKey })).toThrow(DixaConfigurationError);
      expect(() => createDixaWebhooks({ apiKey })).toThrow(
        /^dangerouslyAllowBrowser is not set: in a browser, anyone can read the key\. Set it only in tests that have a document/,
      );
      expect(() => createDixaWebhooks({ apiKey, dangerouslyAllowBrowser: false })).toThrow(DixaConfigurationError);
    });

    it('is let in by dangerouslyAllowBrowser', async () => {
      for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
      const { dixa, sent } = fakeDixa([], { dangerouslyAllowBrowser: true });
      await dixa.list();
      expect(sent).toHaveLength(1);
    });
  });

  it.each([
    ['Node', { userAgent: 'Node.js/24' }],
    ['Deno', { userAgent: 'Deno/2.9.6' }],
    ['Bun', { userAgent: 'Bun/1.4.5' }],
    ['Workers', { userAgent: 'Cloudflare-Workers' }],
    ['a runtime without a user agent', {}],
    ['a runtime without a navigator', undefined],
  ])('is what %s is not', (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    expect(() => createDixaWebhooks({ apiKey })).not.toThrow();
  });
});
