import { type BitString, isBitSet, readBitString } from '../der/bit-string.js';
import type { ExtensionReader } from '../extension-reader.js';
import type { KeyUsage } from '../parsed-certificate.js';

/** In the order of the bits. */
const USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/** Which operations the key may be used for (RFC 5280, section 4.2.1.3). */
export const keyUsage: ExtensionReader = {
  oid: '2.5.29.15',
  name: 'keyUsage',
  isRestriction: true,
  read(value) {
    const bits: BitString = readBitString(value, 'keyUsage');
    return { keyUsage: new Set(USAGES.filter((_usage, bit) => isBitSet(bits, bit))) };
  },
};
