/**
 * The certificate that phones are shown: made here on first use, kept with its key in one file that only its owner
 * can read, and made anew before its time is over or when this machine goes by an address that it does not name.
 */
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Identity } from '../../server/listener.ts';
import { codeOf } from '../../storage/error-code.ts';
import { type KeptText, keptText } from '../../storage/kept-text.ts';
import { whileHeld } from '../../storage/lock.ts';
import { type Say, unheard } from '../../storage/notices.ts';
import { replaceFile, setAside } from '../../storage/private-files.ts';
import { Exit, shown } from '../exit.ts';

const dayMs = 86_400_000;
/** Browsers take no certificate that is good for more than 398 days (CA/Browser Forum ballot SC31; Apple HT211025). */
const lifeDays = 397;
/** This long before its end another one takes its place. */
const renewDays = 30;
/** A machine that moves between networks keeps its certificate: so many of its former names stay in it. */
const mostNames = 16;

export type Certificate = Identity &
  Readonly<{ fingerprint: string; names: readonly string[]; until: number }>;

const words = terminalWords.files;
/** A key and a certificate have two thousand. */
const mostBytes = 64 * 1024;

const fileName = 'lan-certificate.pem';

/** The certificate in a file's text, where there is one with its own key. */
function readCertificate(text: string): Certificate | null {
  const [key] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  if (!key || !cert) return null;
  try {
    const found = new X509Certificate(cert);
    // It signed itself: with a flipped bit it no longer says what was written, its last day included.
    if (!found.verify(found.publicKey) || !found.checkPrivateKey(createPrivateKey(key))) return null;
    const names = (found.subjectAltName ?? '')
      .split(', ')
      .map(name => name.replace(/^(IP Address|DNS):/, ''))
      .filter(Boolean)
      .map(plain);
    return { key, cert, names, fingerprint: found.fingerprint256, until: Date.parse(found.validTo) };
  } catch {
    // Cut off or written over by something else: as good as none.
    return null;
  }
}

/** What stands there, and the certificate in it. */
function keptAt(path: string): Readonly<{ found: KeptText; kept: Certificate | null }> {
  const found = keptText(path, mostBytes);
  return { found, kept: found.is === 'text' ? readCertificate(found.text) : null };
}

/** IPv6 addresses are written in more ways than one. */
const plain = (name: string): string =>
  isIP(name) === 6 ? new URL(`http://[${name}]/`).hostname.slice(1, -1) : name.toLowerCase();

/** Makes a key and a certificate that signs itself. The library writes it; the signing is Node's own. */
async function made(names: readonly string[], now: number): Promise<string> {
  await import('reflect-metadata');
  const {
    BasicConstraintsExtension,
    ExtendedKeyUsageExtension,
    SubjectAlternativeNameExtension,
    X509CertificateGenerator,
  } = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Tactus',
      keys,
      signingAlgorithm: algorithm,
      // A phone's clock may be a little behind.
      notBefore: new Date(now - dayMs),
      notAfter: new Date(now + (lifeDays - 1) * dayMs),
      extensions: [
        new SubjectAlternativeNameExtension(
          names.map(value => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
        ),
        // It vouches for itself alone: whoever trusts it trusts nothing that its key could sign.
        new BasicConstraintsExtension(false, undefined, true),
        new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
      ],
    },
    webcrypto as Crypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = key.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n${certificate.toString('pem')}\n`;
}

/** The certificate for these names, the one that is kept where it still fits. Throws Exit 73 where it can't be kept. */
export async function lanCertificate(
  folder: string,
  names: readonly string[],
  now: number,
  say: Say = unheard,
): Promise<Certificate> {
  const path = join(folder, fileName);
  const wanted = names.map(plain);
  const fits = ({ until, names: named }: Certificate): boolean =>
    until - now > renewDays * dayMs && wanted.every(name => named.includes(name));
  const { kept } = keptAt(path);
  // Someone may have copied it about; its key is nobody else's.
  if (kept) chmodSync(path, 0o600);
  if (kept && fits(kept)) return kept;
  const all = [...new Set([...wanted, ...(kept?.names ?? [])])].slice(0, Math.max(mostNames, wanted.length));
  const text = await made(all, now);
  try {
    const others = whileHeld(path, () => {
      const { found, kept: before } = keptAt(path);
      // Another process has made one meanwhile, which phones may trust already.
      if (before && fits(before)) return before;
      // Of what is none of ours nothing is lost, and those who trusted the old fingerprint are to know.
      if (found.is !== 'absent' && !before) {
        const aside = setAside(path);
        say({ file: path, what: words.certificate, todo: words.todo.phones });
        say({ file: path, what: fill(words.setAside, { aside }), todo: words.todo.setAside });
      }
      replaceFile(path, text);
      return null;
    });
    if (others) return others;
  } catch (error) {
    const code = codeOf(error) || 'cannot be written';
    throw new Exit('cannotWrite', `${shown(path)}: ${code}; the key for --lan has to be kept`);
  }
  const fresh = readCertificate(text);
  if (!fresh) throw new Error('the certificate that was made cannot be read');
  return fresh;
}

/** Says where what is kept is no certificate any more. Leaves it as it is. */
export function lookAtCertificate(folder: string, say: Say): void {
  const path = join(folder, fileName);
  const found = keptText(path, mostBytes);
  if (found.is === 'absent' || (found.is === 'text' && readCertificate(found.text))) return;
  say({
    file: path,
    what: found.is === 'text' ? words.certificate : found.why,
    todo: found.is === 'text' ? words.todo.phones : words.todo.closed,
  });
}
