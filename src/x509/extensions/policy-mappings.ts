import type { ExtensionReader } from '../extension-reader.js';

/** Which policies count for which others (RFC 5280, section 4.2.1.5): known, not applied. */
export const policyMappings: ExtensionReader = {
  oid: '2.5.29.33',
  name: 'policyMappings',
  read: () => ({}),
};
