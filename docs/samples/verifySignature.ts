import { verifyEvent } from 'dixa-webhooks/receiver';

const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';

export async function POST(request: Request): Promise<Response> {
  const event = await verifyEvent({ body: await request.arrayBuffer(), headers: request.headers, secret });
  if (event.type === 'ConversationRated') console.log(event.data.score);
  return new Response();
}
