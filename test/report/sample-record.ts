import type { InventoryRecord } from '../../src/model/inventory-record.js';

/** When reports of these tests are written. */
export const NOW = new Date('2026-11-22T12:00:00.000Z');

const LEAF = 'ab'.repeat(32);

/** A record of a mail server whose certificate is about to expire. */
export function makeRecord(changes: Partial<InventoryRecord> = {}): InventoryRecord {
  return {
    run: '0193b7c0-0000-7000-8000-000000000001',
    observedAt: '2026-11-22T10:00:00.123Z',
    endpoint: {
      host: 'mail.example',
      address: '2001:db8::1',
      port: 25,
      protocol: 'smtp',
      serverName: 'mail.example',
    },
    outcome: 'tls',
    failure: null,
    greeting: '220 mail.example ESMTP',
    plaintextAfterGoAhead: null,
    handshake: {
      version: 'TLSv1.2',
      cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      group: 'x25519',
      compression: 'null',
      presentedChain: [LEAF, 'cd'.repeat(32)],
      stapledOcsp: null,
    },
    certificate: {
      fingerprintSha256: LEAF,
      commonName: 'mail.example',
      subject: 'CN=mail.example,O=Corp\\, Inc.',
      issuer: 'CN=Example CA,O=Example',
      subjectAltNames: ['DNS:mail.example', 'DNS:*.mail.example'],
      serialNumber: '0a1b2c',
      notBefore: '2026-09-01T00:00:00.000Z',
      notAfter: '2026-12-04T00:00:00.000Z',
      keyType: 'RSA',
      keyBits: 2048,
      signatureAlgorithm: 'sha256WithRSAEncryption',
      validation: 'DV',
      spkiSha256: 'ef'.repeat(32),
    },
    path: { status: 'trusted', trustStores: ['mozilla', 'corp'], certificates: [LEAF], reason: null },
    posture: null,
    findings: [
      {
        id: 'expiring',
        severity: 'medium',
        subject: LEAF,
        message: 'certificate expires in 12 days',
        advice: 'renew it',
        citation: 'RFC 5280, section 4.1.2.5',
      },
      {
        id: 'no-tls13',
        severity: 'low',
        subject: null,
        message: 'TLS 1.3 is not offered',
        advice: 'turn it on',
        citation: 'RFC 9325, section 3.1.1',
      },
    ],
    status: 'Warning',
    grade: 'B',
    grades: null,
    firstSeen: '2026-10-01T08:00:00.000Z',
    lastSeen: '2026-11-22T10:00:00.000Z',
    state: 'live',
    stateSince: '2026-11-01T00:00:00.000Z',
    lastScan: '2026-11-22T10:00:00.123Z',
    owner: null,
    tags: [],
    notes: null,
    unused: false,
    ...changes,
  };
}

/** The record with another certificate. */
export function makeCertificateRecord(
  changes: Partial<NonNullable<InventoryRecord['certificate']>>,
): InventoryRecord {
  const record = makeRecord();
  return { ...record, certificate: record.certificate && { ...record.certificate, ...changes } };
}

/** A record of an endpoint that refused. */
export function makeRefusedRecord(): InventoryRecord {
  return makeRecord({
    endpoint: { host: '192.0.2.7', address: '192.0.2.7', port: 443, protocol: 'tls', serverName: null },
    outcome: 'refused',
    failure: { stage: 'connect', code: 'ECONNREFUSED', detail: 'connection refused' },
    handshake: null,
    certificate: null,
    path: { status: 'none', trustStores: [], certificates: [], reason: null },
    findings: [],
    status: 'No certificate',
    grade: null,
  });
}

/** Hands records on as an inventory does. */
export async function* stream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
