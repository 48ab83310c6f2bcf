/** Each event type has a webhook, and each webhook is an event type. */
export function webhookPerEventType() {
  return {
    Root({ webhooks: written = {}, components }, { report, resolve, location }) {
      const { node: webhooks, location: at = location.child('webhooks') } = resolve(written);
      if (!webhooks) return;
      const types = components?.schemas?.WebhookEventType?.enum ?? [];
      for (const name of Object.keys(webhooks)) {
        if (types.includes(name)) continue;
        report({
          message: `${name} is not in WebhookEventType, the list of event types.`,
          location: at.child(name).key(),
        });
      }
      for (const [index, name] of types.entries()) {
        if (Object.hasOwn(webhooks, name)) continue;
        const inList = ['components', 'schemas', 'WebhookEventType', 'enum', index];
        report({
          message: `The event type ${name} needs an entry in openapi/events/webhooks.yaml.`,
          location: location.child(inList),
        });
      }
    },
  };
}
