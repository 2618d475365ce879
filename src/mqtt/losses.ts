/** Why there is no connection, as far as somebody can do something about it. */
import { codeOf } from '../storage/error-code.ts';

export type Loss = Readonly<{
  why:
    | 'unreachable'
    | 'refused'
    | 'refusedUser'
    | 'unknownCertificate'
    | 'otherCertificate'
    | 'oldCertificate'
    | 'noTls'
    | 'takenOver'
    | 'oldProtocol'
    /** It was there, and is gone. */
    | 'closed';
  /** The system's word, or the broker's number. */
  code: string;
}>;

/** Names of OpenSSL's, as Node gives them. */
const unknownCertificates = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
]);
const oldCertificates = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Of CONNACK: in MQTT 3.1.1 up to 5, in MQTT 5 from 128 on. */
const oldProtocols = new Set([1, 132]);
/** Bad user or password, not authorized, bad authentication method; in both versions. */
const refusedUsers = new Set([4, 5, 134, 135, 140]);

/** What the broker's number says, in its answer to a connection. */
export function refusalOf(code: number): Loss {
  const why = oldProtocols.has(code) ? 'oldProtocol' : refusedUsers.has(code) ? 'refusedUser' : 'refused';
  return { why, code: String(code) };
}

/** What an error of the line says before it has stood. */
export function lossOf(error: unknown): Loss {
  const code = codeOf(error);
  if (unknownCertificates.has(code)) return { why: 'unknownCertificate', code };
  if (oldCertificates.has(code)) return { why: 'oldCertificate', code };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { why: 'otherCertificate', code };
  // A refusal of the client's certificate comes as an alert of the other side.
  if (/^ERR_SSL_TLSV?\d*_?.*ALERT/.test(code) && /CERT|ACCESS|UNKNOWN_CA/.test(code))
    return { why: 'refusedUser', code };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return { why: 'noTls', code };
  return { why: 'unreachable', code: code || 'no answer' };
}
