import type { ExtensionReader } from '../extension-reader.js';

/**
 * Demands on policies along the path (RFC 5280, section 4.2.1.11): known, so that a critical one is no reason to
 * refuse, and not applied, as OpenSSL does by default; clients that ask for no particular policy rarely notice.
 */
export const policyConstraints: ExtensionReader = {
  oid: '2.5.29.36',
  name: 'policyConstraints',
  read: () => ({}),
};
