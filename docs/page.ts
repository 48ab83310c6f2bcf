/** Runs in the page: does what Redoc has no setting for, each time that Redoc has drawn a part of the page. */

/** Redoc speaks of an event as of a call that the reader makes. */
const ofEvents = '[data-section-id^="/events/"]';
const wordsOfEvents: Readonly<Record<string, string>> = {
  Webhook: 'Event',
  Request: 'What Dixa sends',
  Responses: 'What a receiver responds',
};

/** Where a long name may need a second line. */
const names = `h2, .menu-content [data-text], main td, ${ofEvents} .panel-request-samples span`;

/** Up to here a name has room everywhere, and a column of names looks better whole. */
const longestUnbroken = 20;

/** Between the words of a name: SLA|Evaluation|Breached, TYPING_|STARTED. */
const wordStart = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=_)(?=[A-Za-z])/;

const redoc = document.getElementById('redoc');
if (redoc) new MutationObserver(finish).observe(redoc, { childList: true, subtree: true });
// By then Redoc has taken over what was drawn beforehand, and expects to find it as it was.
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
  // A wide table scrolls on a narrow screen, also by keyboard.
  for (const table of document.querySelectorAll<HTMLElement>('.md-table-wrapper')) table.tabIndex = 0;
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

/** Lets a name break before its words: what Redoc wrote stays in its place, as the first of the parts. */
function breakBetweenWords(text: Text): void {
  const at = text.data.search(wordStart);
  if (at < 1) return;
  const rest = text.splitText(at);
  rest.before(document.createElement('wbr'));
  breakBetweenWords(rest);
}
