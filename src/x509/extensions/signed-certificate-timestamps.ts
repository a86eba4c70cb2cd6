import { contentOf, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';
import type { ExtensionReader } from '../extension-reader.js';

/** Proofs of logging (RFC 6962, section 3.3): a TLS list of TLS opaque values, each with a length of two bytes. */
export const signedCertificateTimestamps: ExtensionReader = {
  oid: '1.3.6.1.4.1.11129.2.4.2',
  name: 'signed certificate timestamps',
  read(value) {
    const bytes = contentOf(requireTag(value, TAG.octetString, 'the list of timestamps'));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 2 || view.getUint16(0) !== bytes.length - 2) {
      throw new DerError('the length of the list of timestamps is wrong');
    }
    let sctCount = 0;
    for (let at = 2; at < bytes.length; sctCount++) {
      if (at + 2 > bytes.length) throw new DerError('a timestamp ends early');
      at += 2 + view.getUint16(at);
      if (at > bytes.length) throw new DerError('a timestamp ends early');
    }
    return { sctCount };
  },
};
