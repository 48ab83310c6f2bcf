import { verifyEvent } from 'dixa-webhooks/receiver';

const secret = String(process.env.DIXA_WEBHOOK_SECRET);

export async function eventOf(request: Request) {
  // The raw bytes, before anything parses them.
  const body = await request.arrayBuffer();
  const { headers } = request;
  return await verifyEvent({ body, headers, secret });
}
