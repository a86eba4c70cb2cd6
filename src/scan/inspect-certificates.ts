import { type ChainInput, readChainInput } from './chain-input.js';
import { inspectFiles } from './inspect-files.js';
import type { Inspection } from './inspection.js';
import { openFile } from './opened-file.js';

/** A file's bytes, and what to judge them by. */
export interface CertificatesToInspect extends ChainInput {
  /** PEM with anything around it, DER, PKCS#7 or PKCS#12. */
  readonly bytes: Uint8Array;
  /** What the result calls the file; default: `certificates`. */
  readonly name?: string;
  /** Opens PKCS#12 files and encrypted keys; absent: the empty password is tried on PKCS#12. */
  readonly password?: string;
  /** The DNS name or IP address that the server's certificate must be valid for; absent: names are not judged. */
  readonly host?: string;
}

/**
 * Says what a file holds, in its order, and what is wrong with it: its chain, other certificates, signing requests and
 * private keys, of which no private part is ever returned. Throws DerError when the file holds nothing of the kind, and
 * PasswordError when a PKCS#12 file (RFC 7292) wants a password, or another one.
 */
export function inspectCertificates({
  bytes,
  host,
  name = 'certificates',
  password,
  ...input
}: CertificatesToInspect): Inspection {
  const context = { ...readChainInput(input), ...(host !== undefined && { host }) };
  const [inspection] = inspectFiles([{ name, file: openFile(bytes, password) }], context);
  if (inspection === undefined) throw new Error('one file makes one inspection');
  return inspection;
}
