import { rootCertificates } from 'node:tls';
import { expect, it } from 'vitest';
import { mozillaTrustStore } from '../../src/x509/mozilla-trust-store.js';

it('holds every root that Node.js carries, and is made once', () => {
  const store = mozillaTrustStore();
  expect(store.name).toBe('mozilla');
  expect(store.anchors).toHaveLength(new Set(rootCertificates).size);
  expect(mozillaTrustStore()).toBe(store);
});
