/**
 * Expands the short form of each webhook before linting and bundling: adds what all events share and what follows from the event type.
 * References are relative to `openapi/events/`.
 */
export function completeWebhooks() {
  return {
    WebhooksMap(webhooks) {
      for (const [name, { post }] of Object.entries(webhooks)) {
        if (post?.['x-payload']) complete(post, name);
      }
    },
  };
}

function complete(post, name) {
  const { 'x-payload': schema } = post;
  delete post['x-payload'];
  const examples = { example: { $ref: `../examples/events/${name}.json` } };
  Object.assign(post, {
    operationId: name,
    tags: ['Events'],
    security: [],
    parameters: [{ $ref: 'delivery.yaml#/Signature' }, { $ref: 'delivery.yaml#/SubscriptionId' }],
    requestBody: { required: true, content: { 'application/json': { schema, examples } } },
    responses: { '2XX': { $ref: 'delivery.yaml#/Received' } },
  });
}
