/** A CA that browsers do not trust any more, or not for all that it issues. */
export interface DistrustedCa {
  /** What people call it. */
  readonly name: string;
  /**
   * Organisations, common names and organisational units, as its anchors' subjects have them: an anchor is meant when
   * one of `organizations` and, where any are listed, one of `names` is among its own.
   */
  readonly organizations: readonly string[];
  readonly names?: readonly string[];
  /** Certificates that begin after this moment are distrusted (UTC, ISO-8601); absent: see `all`. */
  readonly issuedAfter?: string;
  /** From this moment on all its certificates are distrusted; absent: older ones are left to end. */
  readonly all?: string;
  /** Who decided, and when. */
  readonly decision: string;
}

// Why names and not fingerprints: a CA has many roots, cross-signed and renewed, and a decision is about the CA. Why the
// beginning of a certificate and not the time of its first SCT, which Chrome goes by: CAs do not date certificates back
// without breaking other rules, and the beginning is there in every certificate. The earliest date of any browser is
// taken: what one of the large browsers refuses is of no use for a public server.

/** Distrusted CAs, the latest decisions first. */
export const DISTRUSTED_CAS: readonly DistrustedCa[] = [
  {
    name: 'Izenpe',
    organizations: ['IZENPE S.A.'],
    names: ['Izenpe.com'],
    issuedAfter: '2026-04-15T23:59:59Z',
    decision: 'Mozilla, what is issued after 2026-04-15 (age of the root)',
  },
  {
    name: 'Buypass',
    organizations: ['Buypass AS-983163327'],
    names: ['Buypass Class 2 Root CA', 'Buypass Class 3 Root CA'],
    issuedAfter: '2025-10-31T23:59:59Z',
    decision: 'Chrome, what is issued after 2025-10-31 (the CA has ended its TLS certificates)',
  },
  {
    name: 'NetLock',
    organizations: ['NetLock Kft.'],
    names: ['NetLock Arany (Class Gold) Főtanúsítvány'],
    issuedAfter: '2025-07-31T23:59:59Z',
    decision: 'Chrome 139, what is issued after 2025-07-31',
  },
  {
    name: 'Chunghwa Telecom',
    organizations: ['Chunghwa Telecom Co., Ltd.'],
    names: ['HiPKI Root CA - G1'],
    issuedAfter: '2025-07-31T23:59:59Z',
    decision: 'Chrome 139, what is issued after 2025-07-31',
  },
  {
    name: 'Chunghwa Telecom',
    organizations: ['Chunghwa Telecom Co., Ltd.'],
    names: ['ePKI Root Certification Authority'],
    issuedAfter: '2025-04-15T23:59:59Z',
    decision: 'Mozilla, what is issued after 2025-04-15 (age of the root); Chrome 139, after 2025-07-31',
  },
  {
    name: 'Entrust',
    organizations: ['Entrust, Inc.', 'Entrust.net', 'AffirmTrust'],
    issuedAfter: '2024-11-11T23:59:59Z',
    decision:
      'Chrome 131, what is issued after 2024-11-11; Apple, after 2024-11-15; Mozilla, after 2024-11-30',
  },
  {
    name: 'e-commerce monitoring (GLOBALTRUST)',
    organizations: ['e-commerce monitoring GmbH'],
    issuedAfter: '2024-06-30T23:59:59Z',
    decision: 'Chrome 124 and Mozilla, what is issued after 2024-06-30',
  },
  {
    name: 'TrustCor',
    organizations: ['TrustCor Systems S. de R.L.'],
    issuedAfter: '2022-11-30T23:59:59Z',
    all: '2023-03-07T00:00:00Z',
    decision: 'Mozilla and Microsoft, what is issued after 2022-11-30; Chrome 111, all',
  },
  {
    name: 'Camerfirma',
    organizations: ['AC Camerfirma S.A.', 'AC Camerfirma SA', 'AC Camerfirma SA CIF A82743287'],
    all: '2021-04-01T00:00:00Z',
    decision: 'Chrome 90, all, April 2021; Mozilla, May 2021',
  },
  {
    name: 'the government of Kazakhstan',
    organizations: ['ISCA'],
    names: ['Information Security Certification Authority'],
    all: '2020-12-01T00:00:00Z',
    decision: 'Apple, Google, Microsoft and Mozilla, all, December 2020',
  },
  {
    name: 'the government of Kazakhstan',
    organizations: ['Qaznet Trust Network'],
    all: '2019-08-01T00:00:00Z',
    decision: 'Apple, Google and Mozilla, all, August 2019',
  },
  {
    name: 'Certinomis',
    organizations: ['Certinomis'],
    all: '2019-07-01T00:00:00Z',
    decision: 'Mozilla (Firefox 70), all, July 2019',
  },
  {
    name: 'Symantec (GeoTrust, RapidSSL, Thawte, VeriSign)',
    organizations: [
      'Symantec Corporation',
      'GeoTrust Inc.',
      'Equifax',
      'thawte, Inc.',
      'Thawte Consulting cc',
      'VeriSign, Inc.',
    ],
    all: '2018-10-01T00:00:00Z',
    decision: 'Chrome 70 and Firefox 64, all, October to December 2018',
  },
  {
    name: 'PROCERT',
    organizations: ['Sistema Nacional de Certificacion Electronica'],
    names: ['PSCProcert', 'Proveedor de Certificados PROCERT'],
    all: '2017-11-01T00:00:00Z',
    decision: 'Mozilla, all, November 2017',
  },
  {
    name: 'WoSign and StartCom',
    organizations: ['WoSign CA Limited', 'StartCom Ltd.', 'StartCom CA'],
    issuedAfter: '2016-10-21T00:00:00Z',
    all: '2017-09-01T00:00:00Z',
    decision: 'Chrome 56, Mozilla and Apple, what is issued after 2016-10-21; Chrome 61, all, September 2017',
  },
  {
    name: 'CNNIC',
    organizations: ['CNNIC', 'China Internet Network Information Center'],
    issuedAfter: '2015-04-01T00:00:00Z',
    decision: 'Chrome and Mozilla, what is issued after 2015-04-01',
  },
  {
    name: 'DigiNotar',
    organizations: ['DigiNotar'],
    all: '2011-09-01T00:00:00Z',
    decision: 'all browsers, all, September 2011',
  },
];
