import { ProbeFailure } from '../probe-failure.js';
import { ByteReader } from './byte-reader.js';
import { readCertificateStatus } from './certificate-status.js';
import { EXTENSION_TYPE } from './extension-type.js';
import { malformed } from './malformed.js';
import { readExtensions } from './server-hello.js';

/** What a Certificate message holds. */
export interface CertificateMessage {
  /** DER exactly as sent, in sent order; each a copy of its own, so that nothing larger is kept alive. */
  readonly presentedChain: readonly Uint8Array[];
  /** The OCSP response stapled to the leaf, which TLS 1.3 sends here; null: none. */
  readonly ocspResponse: Uint8Array | null;
}

/** Chains of a hundred certificates exist; nothing honest comes near this, and each entry costs an object. */
const MAX_CERTIFICATES = 500;

/** Reads the Certificate message of SSLv3 to TLS 1.2 (RFC 5246, section 7.4.2). */
export function readCertificateMessage(body: Buffer): CertificateMessage {
  const reader = new ByteReader(body, 'Certificate');
  const list = reader.nested(3, 'the list of Certificate');
  reader.end();
  const presentedChain: Uint8Array[] = [];
  while (list.left > 0) addCertificate(presentedChain, list);
  return { presentedChain, ocspResponse: null };
}

/** Reads the Certificate message of TLS 1.3 (RFC 8446, section 4.4.2). */
export function readTls13CertificateMessage(body: Buffer): CertificateMessage {
  const reader = new ByteReader(body, 'Certificate');
  reader.vector(1);
  const list = reader.nested(3, 'the list of Certificate');
  reader.end();
  const presentedChain: Uint8Array[] = [];
  let ocspResponse: Uint8Array | null = null;
  while (list.left > 0) {
    addCertificate(presentedChain, list);
    const status = readExtensions(list, 'a certificate').get(EXTENSION_TYPE.statusRequest);
    if (status && presentedChain.length === 1) ocspResponse = readCertificateStatus(status);
  }
  return { presentedChain, ocspResponse };
}

function addCertificate(chain: Uint8Array[], list: ByteReader): void {
  if (chain.length === MAX_CERTIFICATES) {
    throw new ProbeFailure(
      'too-large',
      'handshake',
      'too-large',
      `the chain has more than ${MAX_CERTIFICATES} certificates`,
    );
  }
  const der = list.vector(3);
  if (der.length === 0) throw malformed('Certificate holds a certificate of no bytes');
  chain.push(new Uint8Array(der));
}
