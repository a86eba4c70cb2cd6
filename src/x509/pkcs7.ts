import { readOid } from './der/oid.js';
import { type DerElement, encodingOf, readChildren, readWrapped, requireTag, TAG } from './der.js';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CERTIFICATES_TAG = 0xa0;

/** Whether an element is a PKCS#7 or CMS ContentInfo with SignedData (RFC 5652, section 3). */
export function isPkcs7(element: DerElement): boolean {
  if (element.tag !== TAG.sequence) return false;
  const [type] = readChildren(element);
  return type?.tag === TAG.oid && readOid(type, 'the content type') === SIGNED_DATA;
}

/** Reads the certificates of SignedData (RFC 5652, section 5.1), signed or not; throws DerError. */
export function readPkcs7(element: DerElement): readonly Uint8Array[] {
  const [, content] = readChildren(element);
  const signedData = readWrapped(requireTag(content, 0xa0, 'the content'));
  const fields = readChildren(requireTag(signedData, TAG.sequence, 'the signed data'));
  const certificates = fields.find((field) => field.tag === CERTIFICATES_TAG);
  // RFC 5652, section 10.2.2: other choices, attribute certificates among them, have context tags.
  return certificates
    ? readChildren(certificates)
        .filter((each) => each.tag === TAG.sequence)
        .map(encodingOf)
    : [];
}
