import { requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';
import { readGeneralNames } from '../general-name.js';

/** The names that the certificate is for (RFC 5280, section 4.2.1.6). */
export const subjectAltName: ExtensionReader = {
  oid: '2.5.29.17',
  name: 'subjectAltName',
  isRestriction: true,
  read(value) {
    const { oddities } = value.source;
    const subjectAltNames = readGeneralNames(
      requireTag(value, TAG.sequence, 'subjectAltName'),
      'subjectAltName',
    );
    for (const name of subjectAltNames) {
      if (name.kind === 'ip' && name.octets.length !== 4 && name.octets.length !== 16) {
        oddities.add(`an IP address of the subjectAltName has ${name.octets.length} octets`);
      }
    }
    return { subjectAltNames };
  },
};
