import { readSmallInteger } from '../der/integer.js';
import { readChildren, requireTag, TAG } from '../der.js';
import type { ExtensionReader } from '../extension-reader.js';

/** TLS extensions that the server must answer with (RFC 7633); 5 is must-staple. */
export const tlsFeature: ExtensionReader = {
  oid: '1.3.6.1.5.5.7.1.24',
  name: 'TLS feature',
  read(value) {
    const features = readChildren(requireTag(value, TAG.sequence, 'TLS feature'));
    return { tlsFeatures: features.map((feature) => readSmallInteger(feature, 'TLS feature')) };
  },
};
