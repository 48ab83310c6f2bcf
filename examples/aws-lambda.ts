import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createReceiver } from 'dixa-webhooks/receiver';

const receiver = createReceiver();

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

/** For a function URL or an HTTP API. Both send payload version 2.0. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { body = '', headers, isBase64Encoded, requestContext } = event;
  const response = await receiver.receive({
    method: requestContext.http.method,
    headers,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  });
  return { statusCode: response.status, headers: response.headers };
}
