// Compiled against the installed package, with the types of Node; not run.
import { createServer, type Server } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { type NodeRequest, toNodeListener } from 'dixa-webhooks/receiver/node';

export function serve(secret: string): Server {
  return createServer(toNodeListener(createReceiver({ secret })));
}

export const bodyOf = (request: NodeRequest) => request.body;
