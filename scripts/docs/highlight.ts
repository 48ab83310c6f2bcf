import ts from 'typescript';

/** The colours that code has, named as Redoc names those of its own samples: docs/page.css has the rules. */
type Colour = 'keyword' | 'string' | 'number' | 'comment' | 'function';

const { SyntaxKind } = ts;

/** A sample within a text, as the samples beside an operation look: in colours, with a button to copy it, scrolling if it is wide. */
export function sampleBlock(code: string): string {
  return `<figure class="sample"><button type="button" class="copy">Copy</button><pre tabindex="0" aria-label="Sample"><code>${highlight(code)}</code></pre></figure>`;
}

/**
 * TypeScript as HTML, in colours. It is one line, for a blank one would end the HTML of a Markdown text, and white space is never alone
 * between two tags, where Redoc drops it.
 */
export function highlight(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, code);
  let html = '';
  let space = '';
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const text = space + asHtml(scanner.getTokenText());
    space = kind === SyntaxKind.WhitespaceTrivia || kind === SyntaxKind.NewLineTrivia ? text : '';
    if (space) continue;
    const isProperty = code[scanner.getTokenStart() - 1] === '.';
    const colour = colourOf(kind, code[scanner.getTokenEnd()], isProperty);
    html += colour ? `<span class="code-${colour}">${text}</span>` : text;
  }
  return html;
}

function colourOf(kind: ts.SyntaxKind, next: string | undefined, isProperty: boolean): Colour | undefined {
  // A property may have the name of a keyword: event.type, dixa.delete().
  if (kind === SyntaxKind.Identifier || isProperty) return next === '(' ? 'function' : undefined;
  if (kind === SyntaxKind.SingleLineCommentTrivia || kind === SyntaxKind.MultiLineCommentTrivia) return 'comment';
  if (kind === SyntaxKind.StringLiteral || kind === SyntaxKind.NoSubstitutionTemplateLiteral) return 'string';
  if (kind === SyntaxKind.NumericLiteral) return 'number';
  return kind >= SyntaxKind.FirstKeyword && kind <= SyntaxKind.LastKeyword ? 'keyword' : undefined;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br>' };

const asHtml = (text: string): string => text.replaceAll(/[&<>\n]/g, (character) => entities[character] ?? character);
