import { DixaConfigurationError, DixaSignatureError, parseEvent, verifySignature } from 'dixa-webhooks/receiver';
import vectors from '../../unit/receiver/both/vectors.json' with { type: 'json' };
import { type Check, expectEqual, expectTrue } from './check.js';
import { rejectionOf } from './client.js';
import type { Platform } from './platform.js';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The signatures that must pass and those that must not, and the secrets that must be refused. */
export function vectorChecks(platform: Platform): Check[] {
  const { good, bad, invalidSecrets, toleranceMs } = vectors;
  return [
    ...good.map(({ name, secrets, bodyBase64, header, now, parses }) => ({
      name: `a signature passes: ${name}`,
      async run() {
        const body = bytesOf(bodyBase64);
        const verified = await verifySignature({ body, signature: header, secret: secrets, now, toleranceMs });
        expectEqual(`t=${verified.timestamp.getTime()}`, /t=\d+/.exec(header)?.[0]);
        expectEqual(verified.secretIndex, secrets.length - 1);
        if (parses !== 'either') expectTrue(parseEvent(body).event_id, 'It is no event.');
      },
    })),
    ...bad.map(({ name, secrets, bodyBase64, header, now, reason }) => ({
      name: `a signature fails: ${name}`,
      async run() {
        const verified = verifySignature({
          body: bytesOf(bodyBase64),
          signature: header,
          secret: secrets,
          now,
          toleranceMs,
        });
        const error = await rejectionOf(verified, platform);
        expectTrue(error instanceof DixaSignatureError, `It is ${error}`);
        expectEqual(error.reason, reason);
      },
    })),
    ...invalidSecrets.map(({ name, value }) => ({
      name: `a secret is refused: ${name}`,
      async run() {
        const { bodyBase64, header, now } = good[0] as (typeof good)[number];
        const secret = value ?? [];
        const error = await rejectionOf(
          verifySignature({ body: bytesOf(bodyBase64), signature: header, secret, now }),
          platform,
        );
        expectTrue(error instanceof DixaConfigurationError, `It is ${error}`);
        if (value) expectTrue(!error.message.includes(value), 'It quotes the secret.');
      },
    })),
  ];
}
