import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { fastify } from 'fastify';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = fastify();

// A separate scope, so that other routes still get parsed JSON.
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  scope.post<{ Body: Buffer | undefined }>('/dixa', async (request, reply) => {
    const { status, headers } = await receiver.receive({ body: request.body ?? '', headers: request.headers });
    return reply.code(status).headers(headers).send();
  });
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
