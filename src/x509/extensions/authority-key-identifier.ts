import { contentOf, readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

const KEY_IDENTIFIER_TAG = 0x80;

/** Which key of the issuer signed (RFC 5280, section 4.2.1.1); issuer and serial number are of no use to us. */
export const authorityKeyIdentifier: ExtensionReader = {
  oid: '2.5.29.35',
  name: 'authorityKeyIdentifier',
  read(value) {
    const fields = readChildren(requireTag(value, TAG.sequence, 'authorityKeyIdentifier'));
    const identifier = fields.find((field) => field.tag === KEY_IDENTIFIER_TAG);
    return { authorityKeyIdentifier: identifier ? contentOf(identifier) : null };
  },
};
