/** Runs in the page, each time that Redoc has drawn a part of it, and changes what Redoc has no setting for. */

/** Redoc describes an event like a request that the reader sends. */
const ofEvents = '[data-section-id^="/events/"]';
const wordsOfEvents: Readonly<Record<string, string>> = {
  Webhook: 'Event',
  Request: 'What Dixa sends',
  Responses: 'How a receiver responds',
};

/** Places where a long name may need a second line. */
const names = `h2, .menu-content [data-text], main td, ${ofEvents} .panel-request-samples span`;

/** Shorter names fit everywhere. */
const longestUnbroken = 20;

/** Between the words of a name: SLA|Evaluation|Breached, TYPING_|STARTED. */
const wordStart = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=_)(?=[A-Za-z])/;

const redoc = document.getElementById('redoc');
if (redoc) new MutationObserver(finish).observe(redoc, { childList: true, subtree: true });
// Not earlier: Redoc takes over what was rendered beforehand, and expects it unchanged.
addEventListener('load', () => setTimeout(finish));
addEventListener('beforeprint', printLight);

function finish(): void {
  const menu = document.querySelector('.menu-content');
  menu?.setAttribute('role', 'navigation');
  menu?.setAttribute('aria-label', 'Contents');
  for (const text of textsIn(names)) if (text.length > longestUnbroken) breakBetweenWords(text);
  for (const text of textsIn(`${ofEvents} :is(h4, [data-component-name="Tag/Tag"])`)) {
    text.data = wordsOfEvents[text.data] ?? text.data;
  }
  // On a narrow screen each cell shows the head of its column, see page.css.
  for (const cell of document.querySelectorAll<HTMLTableCellElement>('.md-table-wrapper td')) {
    cell.dataset.head = cell.closest('table')?.rows[0]?.cells[cell.cellIndex]?.textContent ?? '';
  }
}

/** Paper is white. */
function printLight(): void {
  const { classList } = document.documentElement;
  if (!classList.contains('dark')) return;
  classList.remove('dark');
  addEventListener('afterprint', () => classList.add('dark'), { once: true });
}

function textsIn(selector: string): Text[] {
  return [...document.querySelectorAll(selector)].flatMap((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    return texts;
  });
}

/** Allows line breaks between the words of a name. The text node of Redoc stays in place, with the first word. */
function breakBetweenWords(text: Text): void {
  const at = text.data.search(wordStart);
  if (at < 1) return;
  const rest = text.splitText(at);
  rest.before(document.createElement('wbr'));
  breakBetweenWords(rest);
}
