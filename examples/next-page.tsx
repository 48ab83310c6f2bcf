// app/subscriptions/page.tsx
import { createDixaWebhooks } from 'dixa-webhooks';

// `next build` also loads this file, so DIXA_API_KEY must be set there. Any value works, because nothing is sent.
const dixa = createDixaWebhooks({ baseUrl: process.env.DIXA_BASE_URL });

/** Rendered for each request, even without `export const dynamic`, because the client sends `cache: 'no-store'`. */
export default async function Page() {
  const subscriptions = await dixa.list();
  return (
    <ul>
      {subscriptions.map(({ id, name, enabled }) => (
        <li key={id}>{`${name}: ${enabled ? 'enabled' : 'disabled'}`}</li>
      ))}
    </ul>
  );
}
