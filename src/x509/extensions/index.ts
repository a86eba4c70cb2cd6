// The kinds of extensions that are read: one line each, in alphabetical order.
export { authorityInfoAccess } from './authority-info-access.js';
export { authorityKeyIdentifier } from './authority-key-identifier.js';
export { basicConstraints } from './basic-constraints.js';
export { certificatePolicies } from './certificate-policies.js';
export { crlDistributionPoints } from './crl-distribution-points.js';
export { extendedKeyUsage } from './extended-key-usage.js';
export { inhibitAnyPolicy } from './inhibit-any-policy.js';
export { keyUsage } from './key-usage.js';
export { nameConstraints } from './name-constraints.js';
export { policyConstraints } from './policy-constraints.js';
export { policyMappings } from './policy-mappings.js';
export { signedCertificateTimestamps } from './signed-certificate-timestamps.js';
export { subjectAltName } from './subject-alt-name.js';
export { subjectKeyIdentifier } from './subject-key-identifier.js';
export { tlsFeature } from './tls-feature.js';
