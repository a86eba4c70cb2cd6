import { readOid } from '../der/oid.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** Which policies count for which others (RFC 5280, section 4.2.1.5). */
export const policyMappings: ExtensionReader = {
  oid: '2.5.29.33',
  name: 'policyMappings',
  read(value) {
    const mappings = readChildren(requireTag(value, TAG.sequence, 'policyMappings'));
    return {
      policyMappings: mappings.map((mapping) => {
        const [issuer, subject] = readChildren(requireTag(mapping, TAG.sequence, 'a policy mapping'));
        return {
          issuerDomain: readOid(issuer, 'policyMappings'),
          subjectDomain: readOid(subject, 'policyMappings'),
        };
      }),
    };
  },
};
