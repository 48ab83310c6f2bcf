import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate that signs itself, in DER by hand: Node has no function for it, and not every machine openssl. */
export function selfSigned({ name = 'localhost', until = '99991231235959Z' } = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(Buffer.from('06082a8648ce3d040302', 'hex')); // ecdsa-with-SHA256
  const commonName = sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(name)));
  const issuer = sequence(der(0x31, commonName));
  const validity = sequence(der(0x18, Buffer.from('20000101000000Z')), der(0x18, Buffer.from(until)));
  const names = der(0x04, sequence(der(0x82, Buffer.from(name))));
  const extensions = der(0xa3, sequence(sequence(Buffer.from('0603551d11', 'hex'), names))); // subjectAltName
  const version = Buffer.from('a003020102', 'hex');
  const serial = Buffer.from('020101', 'hex');
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const signed = sequence(version, serial, algorithm, issuer, validity, issuer, key, extensions);
  const signature = der(0x03, Buffer.of(0), sign('sha256', signed, privateKey));
  const base64 = sequence(signed, algorithm, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  return Buffer.concat([Buffer.from(length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255]), content]);
}

/** Starts an HTTPS server for one test. `requests` counts what reached it. */
export async function httpsServer(certificate: Certificate): Promise<{ port: number; requests: () => number }> {
  let requests = 0;
  const server = createServer(certificate, (_request, reply) => {
    requests += 1;
    reply.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, requests: () => requests };
}
