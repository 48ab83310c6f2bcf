// What the README's snippets take for granted.
declare const dixa: import('dixa-webhooks').DixaWebhooks;
declare const createDixaWebhooks: typeof import('dixa-webhooks').createDixaWebhooks;
declare const id: string;
declare const secret: string;
declare const newSecret: string;
declare const oldSecret: string;
declare const redis: import('dixa-webhooks/receiver/redis').RedisClient;
declare const vault: {
  store(id: string, secret: string): Promise<void>;
  load(id: string): Promise<string | undefined>;
};
