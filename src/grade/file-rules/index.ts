export { duplicateCertificate } from './duplicate-certificate.js';
export { invalidRequestSignature } from './invalid-request-signature.js';
export { invalidSignature } from './invalid-signature.js';
export { keyMismatch } from './key-mismatch.js';
export { noTrustAnchor } from './no-trust-anchor.js';
export { notACa } from './not-a-ca.js';
export { unreadableCertificate } from './unreadable-certificate.js';
export { unverifiedCertificate } from './unverified-certificate.js';
