import { contentOf, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** A name for the subject's key (RFC 5280, section 4.2.1.2). */
export const subjectKeyIdentifier: ExtensionReader = {
  oid: '2.5.29.14',
  name: 'subjectKeyIdentifier',
  read: (value) => ({
    subjectKeyIdentifier: contentOf(requireTag(value, TAG.octetString, 'subjectKeyIdentifier')),
  }),
};
