import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { findDistrustedCa, makeDistrust } from '../../src/x509/distrust.js';
import { DISTRUSTED_CAS } from '../../src/x509/distrusted-cas.js';
import { mozillaTrustStore } from '../../src/x509/mozilla-trust-store.js';
import { findPath } from '../../src/x509/path.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

const day = (text: string) => new Date(`${text}T12:00:00Z`);

async function judge(subject: string, issuedOn: string, now: string): Promise<string | null> {
  const issuer = await makeCertificate({ subject, ca: true });
  const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer, notBefore: day(issuedOn) });
  return makeDistrust(day(now).getTime())(parseCertificate(issuer.der), parseCertificate(leaf.der));
}

describe('makeDistrust', () => {
  it.each([
    ['CN=Entrust Root Certification Authority - G2,O=Entrust\\, Inc.,C=US', '2024-11-12', '2025-01-01'],
    ['CN=AffirmTrust Commercial,O=AffirmTrust,C=US', '2025-01-01', '2025-01-01'],
    ['OU=ePKI Root Certification Authority,O=Chunghwa Telecom Co.\\, Ltd.,C=TW', '2025-04-16', '2025-05-01'],
    ['CN=DigiNotar Root CA,O=DigiNotar,C=NL', '2011-01-01', '2011-10-01'],
    ['CN=StartCom Certification Authority,O=StartCom Ltd.,C=IL', '2016-11-01', '2016-12-01'],
    ['CN=GeoTrust Global CA,O=GeoTrust Inc.,C=US', '2017-01-01', '2019-01-01'],
    ['CN=trustcor rootcert ca-1,O=TRUSTCOR  Systems S. de R.L.,C=PA', '2020-01-01', '2024-01-01'],
  ])('distrusts what %s issued on %s', async (subject, issuedOn, now) => {
    expect(await judge(subject, issuedOn, now)).toMatch(/^browsers (?:have )?distrust.*\b20\d\d\b/);
  });

  it.each([
    ['CN=Entrust Root Certification Authority - G2,O=Entrust\\, Inc.,C=US', '2024-11-11', '2025-01-01'],
    ['CN=DigiNotar Root CA,O=DigiNotar,C=NL', '2011-01-01', '2011-05-01'],
    ['CN=Another Root,O=Chunghwa Telecom Co.\\, Ltd.,C=TW', '2025-12-01', '2026-01-01'],
    ['CN=Corp Root,O=Corp', '2025-12-01', '2026-01-01'],
    ['CN=IdenTrust Commercial Root CA 1,O=IdenTrust,C=US', '2025-12-01', '2026-01-01'],
  ])('trusts what %s issued on %s', async (subject, issuedOn, now) => {
    expect(await judge(subject, issuedOn, now)).toBeNull();
  });

  it('makes the path untrusted, and says since when', async () => {
    const root = await makeCertificate({ subject: 'CN=AffirmTrust Premium,O=AffirmTrust', ca: true });
    const made = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
    const leaf = parseCertificate(made.der);
    const now = Date.now();
    const trustStores = [makeTrustStore('some', [root.der])];
    const { path } = findPath({ leaf, presented: [leaf], trustStores, now, distrust: makeDistrust(now) });
    expect(path).toMatchObject({ status: 'untrusted', reason: expect.stringContaining('after 2024-11-11') });
  });

  it('knows the distrusted roots that are still in the store of Mozilla', () => {
    const names = mozillaTrustStore().anchors.flatMap((anchor) => findDistrustedCa(anchor)?.name ?? []);
    for (const name of new Set(names)) expect(DISTRUSTED_CAS.map((ca) => ca.name)).toContain(name);
  });

  it('dates each decision', () => {
    for (const { all, issuedAfter } of DISTRUSTED_CAS) {
      expect(all ?? issuedAfter).toBeDefined();
      for (const date of [all, issuedAfter]) if (date) expect(Date.parse(date)).not.toBeNaN();
    }
  });
});
