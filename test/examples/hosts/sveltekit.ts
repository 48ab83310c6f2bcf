// Runs an example that is an endpoint of SvelteKit, with the part of SvelteKit's event that it uses.
import { pathToFileURL } from 'node:url';
import { serveFetch } from '../serve-fetch.js';

interface Endpoint {
  POST(event: { readonly request: Request }): Promise<Response>;
}

const { POST }: Endpoint = await import(pathToFileURL(process.argv[2] ?? '').href);

serveFetch((request) => POST({ request }));
