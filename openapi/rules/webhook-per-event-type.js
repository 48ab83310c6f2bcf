/** The webhooks are the event types: each that can be subscribed to has its entry, and there is none that nobody can subscribe to. */
export function webhookPerEventType() {
  return {
    Root({ webhooks = {}, components }, { report, location }) {
      const types = components?.schemas?.WebhookEventType?.enum ?? [];
      for (const name of Object.keys(webhooks)) {
        if (types.includes(name)) continue;
        const message = `${name} is not in WebhookEventType, the list of event types.`;
        report({ message, location: location.child(['webhooks', name]).key() });
      }
      for (const [index, name] of types.entries()) {
        if (Object.hasOwn(webhooks, name)) continue;
        const at = ['components', 'schemas', 'WebhookEventType', 'enum', index];
        report({ message: `The event type ${name} needs an entry in webhooks.`, location: location.child(at) });
      }
    },
  };
}
