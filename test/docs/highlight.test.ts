import { describe, expect, it } from 'vitest';
import { eventSample, highlight, receiverSample, sampleBlock } from '../../scripts/docs/samples.js';

describe('a sample within a text', () => {
  it('has the colours of its parts', () => {
    expect(highlight("const id = await read('a', 1); // why")).toBe(
      '<span class="code-keyword">const</span> id =<span class="code-keyword"> await</span><span class="code-function"> read</span>' +
        '(<span class="code-string">\'a\'</span>,<span class="code-number"> 1</span>);<span class="code-comment"> // why</span>',
    );
  });

  it('knows a property that is called like a keyword', () => {
    expect(highlight('event.type')).toBe('event.type');
    expect(highlight('dixa.delete(id)')).toBe('dixa.<span class="code-function">delete</span>(id)');
  });

  it.each([
    ['a receiver', receiverSample],
    ['an event', eventSample({ name: 'ConversationRated', payload: 'ConversationRatedPayload' })],
    ['what HTML has a meaning for', 'if (a < b && c > d) {}\n\nconst text = `<br>&amp;`;'],
    ['a command', 'npm install dixa-webhooks'],
  ])('reads as it was written: %s', (_, code) => {
    const text = highlight(code)
      .replaceAll('<br>', '\n')
      .replaceAll(/<\/?span[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(text).toBe(code.trimEnd());
  });

  it('has no blank line, which would end it, and no white space alone between tags, which would be dropped', () => {
    const html = sampleBlock(receiverSample);
    expect(html).not.toContain('\n');
    expect(html).not.toMatch(/> +</);
  });
});
