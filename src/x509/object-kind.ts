import { readOid } from './der/oid.js';
import { type DerElement, readChildren, TAG } from './der.js';
import { isPkcs7 } from './pkcs7.js';
import { isPkcs12 } from './pkcs12.js';

/** What a piece of DER is. */
export type ObjectKind =
  | 'certificate'
  | 'crl'
  | 'encrypted-private-key'
  | 'pkcs12'
  | 'pkcs7'
  | 'private-key'
  | 'public-key'
  | 'request';

/** Tells what an element is by its outline alone, whatever its inside is like; null: none of these. Throws DerError. */
export function findObjectKind(element: DerElement): ObjectKind | null {
  if (element.tag !== TAG.sequence) return null;
  if (isPkcs7(element)) return 'pkcs7';
  if (isPkcs12(element)) return 'pkcs12';
  const [first, second, third] = readChildren(element);
  // Keys begin with a version (RFC 5958, section 2; RFC 8017, appendix A.1.2; RFC 5915, section 3).
  if (first?.tag === TAG.integer) return 'private-key';
  if (first?.tag !== TAG.sequence) return null;
  // RFC 5958, section 3, and RFC 5280, section 4.1.2.7: an algorithm, then the key.
  if (second?.tag === TAG.octetString) return 'encrypted-private-key';
  if (second?.tag === TAG.bitString) return 'public-key';
  if (second?.tag !== TAG.sequence || third?.tag !== TAG.bitString) return 'certificate';
  return findSignedKind(first);
}

/** Certificates, requests and revocation lists are all signed alike; they differ in what is signed. */
function findSignedKind(signed: DerElement): ObjectKind {
  const fields = readChildren(signed);
  const isTime = (field: DerElement | undefined) =>
    field?.tag === TAG.utcTime || field?.tag === TAG.generalizedTime;
  // RFC 5280, section 5.1: perhaps a version, algorithm, issuer, then a time.
  if (isTime(fields[2]) || isTime(fields[3])) return 'crl';
  // RFC 2986, section 4.1: version, name, key. A certificate has an algorithm where a request has its name.
  const [version, name, key] = fields;
  const isRequest =
    version?.tag === TAG.integer &&
    name?.tag === TAG.sequence &&
    readChildren(name).every((each) => each.tag === TAG.set) &&
    key?.tag === TAG.sequence &&
    isKey(key);
  return isRequest ? 'request' : 'certificate';
}

function isKey(element: DerElement): boolean {
  const [algorithm, bits] = readChildren(element);
  if (algorithm?.tag !== TAG.sequence || bits?.tag !== TAG.bitString) return false;
  const [oid] = readChildren(algorithm);
  return oid?.tag === TAG.oid && readOid(oid, 'the key algorithm') !== '';
}
