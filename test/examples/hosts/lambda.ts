// Runs an example that is a Lambda function, behind node:http, with events as API Gateway sends them in version 2.0.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

interface Result {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const { handler }: { handler(event: unknown): Promise<Result> } = await import(
  pathToFileURL(process.argv[2] ?? '').href
);

createServer(async (request, reply) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  // Both happen: it depends on the content type, and on how the API is set up.
  const isBase64Encoded = searchParams.has('base64');
  const body = (await buffer(request)).toString(isBase64Encoded ? 'base64' : 'utf8');
  const {
    statusCode,
    headers,
    body: text,
  } = await handler({
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: searchParams.toString(),
    headers: request.headers,
    requestContext: { http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' } },
    ...(body && { body }),
    isBase64Encoded,
  });
  reply.writeHead(statusCode, headers).end(text);
}).listen(0);
