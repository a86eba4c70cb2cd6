import type { FileRule } from '../check.js';

/** A private key has no certificate among those that it lies beside, or not the one that a server takes. */
export const keyMismatch: FileRule = {
  id: 'key-mismatch',
  severity: 'high',
  subject: 'file',
  places: ['private key'],
  title: 'A private key does not belong to the certificate beside it',
  citation: 'RFC 8446, section 4.4.3; RFC 5246, section 7.4.2',
  advice:
    "Put the private key and the server's certificate together that belong to one another: find the key that the request for this certificate was made with, or have a certificate issued for this key.",
};
