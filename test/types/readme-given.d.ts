// What the README's snippets take for granted.
declare const dixa: import('dixa-webhooks').DixaWebhooks;
declare const createDixaWebhooks: typeof import('dixa-webhooks').createDixaWebhooks;
declare const id: string;
declare const secret: string;
declare const newSecret: string;
declare const oldSecret: string;
declare const receiver: import('dixa-webhooks/receiver').Receiver;
declare const redis: import('dixa-webhooks/receiver/redis').RedisClient;
declare const vault: {
  store(id: string, secret: string): Promise<void>;
  load(id: string): Promise<string | undefined>;
};

// As much of msw as they use: it is only among the packages of the examples.
declare module 'msw' {
  export const http: { all(url: string, respond: (info: { request: Request }) => Promise<Response>): unknown };
}
declare module 'msw/node' {
  export function setupServer(handler: unknown): {
    listen(): void;
    close(): void;
  };
}
