import { readBoolean } from '../der/boolean.js';
import { readSmallInteger } from '../der/integer.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** Whether the subject is a CA, and how long paths through it may be (RFC 5280, section 4.2.1.9). */
export const basicConstraints: ExtensionReader = {
  oid: '2.5.29.19',
  name: 'basicConstraints',
  isRestriction: true,
  read(value) {
    const fields = readChildren(requireTag(value, TAG.sequence, 'basicConstraints'));
    const hasCa = fields[0]?.tag === TAG.boolean;
    const ca = hasCa && readBoolean(fields[0], 'basicConstraints cA');
    const pathLength = fields[hasCa ? 1 : 0];
    return {
      basicConstraints: {
        ca,
        pathLength: pathLength ? readSmallInteger(pathLength, 'basicConstraints pathLenConstraint') : null,
      },
    };
  },
};
