/** An authority of a test's own, and what it has signed: for servers that are spoken to by TLS. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
const serverAuth = '1.3.6.1.5.5.7.3.1';

export type Signed = Readonly<{ key: string; cert: string }>;
export type Authority = Readonly<{
  /** Its own certificate, as PEM. */
  ca: string;
  sign(name: string): Promise<Signed>;
}>;

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

export async function ownAuthority(name = 'Authority of a test'): Promise<Authority> {
  const times = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 30 * dayMs) };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = `CN=${name}`;
  const own = await X509CertificateGenerator.createSelfSigned(
    {
      name: issuer,
      keys,
      signingAlgorithm: algorithm,
      ...times,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    },
    webcrypto as Crypto,
  );
  return {
    ca: own.toString('pem'),
    sign: async to => {
      const server = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const cert = await X509CertificateGenerator.create(
        {
          subject: `CN=${to}`,
          issuer,
          publicKey: server.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: algorithm,
          ...times,
          extensions: [
            new SubjectAlternativeNameExtension([{ type: isIP(to) === 0 ? 'dns' : 'ip', value: to }]),
            new BasicConstraintsExtension(false, undefined, true),
            new ExtendedKeyUsageExtension([serverAuth]),
          ],
        },
        webcrypto as Crypto,
      );
      return { key: await pemOf(server.privateKey), cert: cert.toString('pem') };
    },
  };
}
