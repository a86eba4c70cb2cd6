import type { FindingRule } from './finding-rule.js';

/** What can be wrong with a file of certificates, requests and keys besides its certificates themselves. */
export const FILE_RULES = {
  keyMismatch: {
    id: 'key-mismatch',
    severity: 'high',
    citation: 'RFC 8446, section 4.4.3; RFC 5246, section 7.4.2',
    advice:
      "Put the private key and the server's certificate together that belong to one another: find the key that the request for this certificate was made with, or have a certificate issued for this key.",
  },
  requestSignature: {
    id: 'invalid-request-signature',
    severity: 'high',
    citation: 'RFC 2986, section 3',
    advice:
      'Make the request anew, with the private key that it is for: a CA refuses one that its own key does not verify.',
  },
} as const satisfies Readonly<Record<string, FindingRule>>;
