import { rootCertificates } from 'node:tls';
import { readPem } from './pem.js';
import { makeTrustStore, type TrustStore } from './trust-store.js';

let store: TrustStore | undefined;

/** The roots of Mozilla's programme as this Node.js carries them. They are read when first asked for, and once. */
export function mozillaTrustStore(): TrustStore {
  store ??= makeTrustStore(
    'mozilla',
    rootCertificates.flatMap((text) => readPem(text).map((block) => block.der)),
  );
  return store;
}
