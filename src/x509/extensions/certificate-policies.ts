import { readOid } from '../der/oid.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** Under which policies the certificate was issued (RFC 5280, section 4.2.1.4). */
export const certificatePolicies: ExtensionReader = {
  oid: '2.5.29.32',
  name: 'certificatePolicies',
  read(value) {
    const policies = readChildren(requireTag(value, TAG.sequence, 'certificatePolicies'));
    return {
      policies: policies.map((policy) => {
        const [identifier] = readChildren(requireTag(policy, TAG.sequence, 'a policy'));
        return readOid(identifier, 'a policy');
      }),
    };
  },
};
