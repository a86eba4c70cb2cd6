import type { ExtensionReader } from '../extension-reader.js';

/** From where on anyPolicy does not count (RFC 5280, section 4.2.1.14): known, not applied. */
export const inhibitAnyPolicy: ExtensionReader = {
  oid: '2.5.29.54',
  name: 'inhibitAnyPolicy',
  read: () => ({}),
};
