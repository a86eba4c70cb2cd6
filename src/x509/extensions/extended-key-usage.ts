import { readOid } from '../der/oid.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** What the key may be used for (RFC 5280, section 4.2.1.12). */
export const extendedKeyUsage: ExtensionReader = {
  oid: '2.5.29.37',
  name: 'extKeyUsage',
  isRestriction: true,
  read(value) {
    const purposes = readChildren(requireTag(value, TAG.sequence, 'extKeyUsage'));
    return { extendedKeyUsage: purposes.map((purpose) => readOid(purpose, 'extKeyUsage')) };
  },
};
