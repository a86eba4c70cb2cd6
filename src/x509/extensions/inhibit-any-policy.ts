import { readSmallInteger } from '../der/integer.js';
import type { ExtensionReader } from '../extension-reader.js';

/** From where on anyPolicy does not count (RFC 5280, section 4.2.1.14). */
export const inhibitAnyPolicy: ExtensionReader = {
  oid: '2.5.29.54',
  name: 'inhibitAnyPolicy',
  isRestriction: true,
  read: (value) => ({ inhibitAnyPolicy: readSmallInteger(value, 'inhibitAnyPolicy') }),
};
