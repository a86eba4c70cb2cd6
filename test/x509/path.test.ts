import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { findPath } from '../../src/x509/path.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makeCertificate, NOW } from '../fixtures/make-certificate.js';

describe('findPath', () => {
  it('finds a trusted path', async () => {
    const root = await makeCertificate({ subject: 'CN=Root', ca: true });
    const intermediate = await makeCertificate({ subject: 'CN=Intermediate', ca: true, issuer: root });
    const leaf = parseCertificate(
      (await makeCertificate({ dnsNames: ['a.example'], issuer: intermediate })).der,
    );
    const presented = [leaf, parseCertificate(intermediate.der)];
    const trustStores = [makeTrustStore('corp', [root.der])];
    const { path } = findPath({ leaf, presented, trustStores, now: NOW.getTime() });
    expect(path).toMatchObject({ status: 'trusted', trustStores: ['corp'], reason: null });
    expect(path.certificates).toHaveLength(3);
  });
});
