import { beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { ParsedCertificate } from '../../src/x509/parsed-certificate.js';
import { makeTrustStore, type TrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';

describe('makeTrustStore', () => {
  let root: MadeCertificate;
  let anchor: ParsedCertificate;
  let store: TrustStore;
  beforeAll(async () => {
    root = await makeCertificate({ subject: 'CN=Root, O=Corp', ca: true });
    const other = await makeCertificate({ subject: 'CN=Other', ca: true });
    store = makeTrustStore('corp', [root.der, other.der, root.der]);
    anchor = parseCertificate(root.der);
  });

  it('counts a certificate once', () => {
    expect(store.anchors.map(({ facts }) => facts.commonName)).toEqual(['Root', 'Other']);
  });

  it('finds anchors by name, key identifier and key', async () => {
    const wanted = [anchor.facts.fingerprintSha256];
    const found = (anchors: readonly ParsedCertificate[]) =>
      anchors.map(({ facts }) => facts.fingerprintSha256);
    expect(found(store.bySubject(anchor.subject))).toEqual(wanted);
    expect(found(store.byKeyId(anchor.subjectKeyIdentifier ?? Buffer.of()))).toEqual(wanted);
    expect(found(store.bySpki(anchor.facts.spkiSha256))).toEqual(wanted);
    const sameName = parseCertificate((await makeCertificate({ subject: 'CN=ROOT, O=corp' })).der);
    expect(found(store.bySubject(sameName.subject))).toEqual(wanted);
  });

  it('finds nothing else', async () => {
    const stranger = parseCertificate((await makeCertificate({ subject: 'CN=Stranger' })).der);
    expect(store.bySubject(stranger.subject)).toEqual([]);
    expect(store.byKeyId(Buffer.of(1))).toEqual([]);
    expect(store.bySpki(stranger.facts.spkiSha256)).toEqual([]);
    expect([store.has(anchor), store.has(stranger)]).toEqual([true, false]);
  });

  it('says which of its certificates is none', () => {
    expect(() => makeTrustStore('corp', [root.der, Buffer.of(1, 2)])).toThrow(/certificate 2 cannot be read/);
  });
});
