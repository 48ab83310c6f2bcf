import type { Call } from './call.js';

/**
 * The class that openapi-fetch makes the request of a call from. The call remembers what it was made of, so that each
 * attempt can send the body again without cloning the request. Where nobody sees it, it is no real Request: that would
 * cost a fifth of the call.
 */
export function requestClass(call: Call): typeof Request {
  return new Proxy(Request, {
    construct(RealRequest, [url, init]: [string, RequestInit]) {
      const { method, headers } = init;
      const request = call.observed ? new RealRequest(url, init) : ({ url, method, headers } as Request);
      call.made = { request, init };
      return request;
    },
  });
}
