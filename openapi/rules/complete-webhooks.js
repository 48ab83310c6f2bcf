/**
 * Completes each webhook that is written in short, before it is linted or bundled: with what is the same for all events, and with what
 * follows from the name of its event type. References count from the folder `openapi/events/`.
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
