import { readSmallInteger } from '../der/integer.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

const REQUIRE_EXPLICIT_POLICY_TAG = 0x80;
const INHIBIT_POLICY_MAPPING_TAG = 0x81;

/** Demands on policies along the path (RFC 5280, section 4.2.1.11). */
export const policyConstraints: ExtensionReader = {
  oid: '2.5.29.36',
  name: 'policyConstraints',
  isRestriction: true,
  read(value) {
    const fields = readChildren(requireTag(value, TAG.sequence, 'policyConstraints'));
    const readCount = (tag: number) => {
      const field = fields.find((each) => each.tag === tag);
      // The tag stands in place of that of INTEGER.
      return field ? readSmallInteger({ ...field, tag: TAG.integer }, 'policyConstraints') : null;
    };
    return {
      policyConstraints: {
        requireExplicitPolicy: readCount(REQUIRE_EXPLICIT_POLICY_TAG),
        inhibitPolicyMapping: readCount(INHIBIT_POLICY_MAPPING_TAG),
      },
    };
  },
};
