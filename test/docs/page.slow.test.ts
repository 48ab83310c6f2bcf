import { beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../../scripts/docs/page.js';
import { manifest, root } from '../../scripts/lib/package.js';

describe('the page', () => {
  let page: string;

  beforeAll(async () => {
    page = await buildPage(root);
  });

  it('is identical in every build', async () => {
    expect((await buildPage(root)) === page).toBe(true);
  });

  it('loads nothing from outside of its file, and reports nothing', () => {
    expect(page).not.toContain('cdn.redoc.ly');
    expect(page.match(/<(?:script|img|iframe)[^>]* src="(?!data:)[^"]*"|<link[^>]* href="(?!data:)[^"]*"/g)).toBeNull();
    expect(page).toContain('"disableTelemetry":true');
  });

  it('contains no path of the build machine', () => {
    expect(page).not.toContain(root.replace(/\/$/, ''));
  });

  it('has a title, a description, an icon, and links that stay within it', () => {
    expect(page).toContain(`<title>dixa-webhooks ${manifest.version}: the reference</title>`);
    expect(page).toMatch(/<meta name="description" content="The seven operations [^"]+">/);
    expect(page).toContain('<link rel="icon" href="data:image/svg+xml,');
    const rendered = page.slice(0, page.indexOf('<script type="module">'));
    const hrefs = [...rendered.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(hrefs.length).toBeGreaterThan(5);
    expect(hrefs.filter((href) => !/^(#\/|https:\/\/)/.test(href))).toEqual([]);
  });
});
