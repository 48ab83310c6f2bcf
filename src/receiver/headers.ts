import type { DeliveryHeaders } from './options.js';

/** The value of a header, whatever its case; several are joined as HTTP joins them. */
export function headerOf(headers: DeliveryHeaders, name: string): string | undefined {
  // Not by instanceof: polyfills and other realms have a `Headers` of their own.
  if (typeof headers.get === 'function') return (headers as Headers).get(name) ?? undefined;
  const value =
    (headers as Exclude<DeliveryHeaders, Headers>)[name] ??
    Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return value?.toString();
}

/** The id in `X-DIXA-SUBSCRIPTION-ID`, if it looks like one. */
export function subscriptionIdOf(headers: DeliveryHeaders): string | undefined {
  const id = headerOf(headers, 'x-dixa-subscription-id') ?? '';
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id : undefined;
}
