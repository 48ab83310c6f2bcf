/** How the page is looked at. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

export const views: readonly View[] = [
  { name: 'wide', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'narrow', width: 390, height: 844, colorScheme: 'light' },
];

/** A place on the page that a reader clicks through to. */
export interface Stop {
  readonly name: string;
  /** The menu's entries to click, one after another. */
  readonly menu: readonly string[];
  readonly heading: string;
  /** Texts that must be seen there. */
  readonly shows: readonly string[];
}

export const stops: readonly Stop[] = [
  {
    name: 'operation',
    menu: ['Subscriptions', 'Create a webhook subscription'],
    heading: 'Create a webhook subscription',
    shows: ['await dixa.create({', 'customHeaders'],
  },
  {
    name: 'event',
    menu: ['Events', 'ConversationMessageDeliverySpamComplaint'],
    heading: 'ConversationMessageDeliverySpamComplaint',
    shows: ['What Dixa sends', 'CONVERSATION_MESSAGE_DELIVERY_SPAM_COMPLAINT', 'inferred', 'What a receiver answers'],
  },
  {
    name: 'verification',
    menu: ['Verify a delivery'],
    heading: 'Verify a delivery',
    shows: ['DixaSignatureError', 'await verifySignature({ body, signature, secret });'],
  },
  {
    name: 'schema',
    menu: ['Schemas', 'WebhookSubscription'],
    heading: 'WebhookSubscription',
    shows: ['subscribedEvents', 'secretKey'],
  },
];

/** What the first screen must say. */
export const opening: Stop = {
  name: 'introduction',
  menu: [],
  heading: 'dixa-webhooks',
  shows: ["It is not Dixa's own portal, nor a product of Dixa.", 'Nothing here was tried against the live API.'],
};

/** Rules of axe-core that Redoc breaks by itself, and that nothing outside of it can mend. */
export const redocsOwnFaults: readonly string[] = [
  // An operation's parts are h4 below its h2.
  'heading-order',
  // Sections far from the window are not in the document, and so neither is the h1 at its top.
  'page-has-heading-one',
  // The button that chooses an example is called "Example", whatever it shows.
  'label-content-name-mismatch',
];
