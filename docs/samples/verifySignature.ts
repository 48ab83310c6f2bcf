import {
  parseEvent,
  verifySignature,
} from 'dixa-webhooks/receiver';

const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';

export async function eventOf(request: Request) {
  // The bytes as they came, before anything parses them.
  const body = await request.arrayBuffer();
  const { headers } = request;
  const signature = headers.get('X-DIXA-SIGNATURE');
  await verifySignature({ body, signature, secret });
  return parseEvent(body);
}
