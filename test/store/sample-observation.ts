import { createHash } from 'node:crypto';
import type { Certificate } from '../../src/model/certificate.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Finding } from '../../src/model/finding.js';
import type { Judgement } from '../../src/model/judgement.js';
import type { ScanRun } from '../../src/model/scan-run.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';

/** Ids of two scan runs, the earlier first. */
export const RUNS = ['0193b7c0-0000-7000-8000-000000000001', '0193b7c0-0000-7000-8000-000000000002'] as const;

/** The judgement of an endpoint without a certificate. */
export const NO_CERTIFICATE: Judgement = {
  presented: [],
  path: { status: 'none', trustStores: [], certificates: [], reason: null },
  findings: [],
  status: 'No certificate',
  grade: null,
};

/** A finding as checks make them. */
export const EXPIRING: Finding = {
  id: 'expiring',
  severity: 'medium',
  subject: fingerprint(makeDer('leaf')),
  message: 'certificate expires in 12 days, on 2026-12-04',
  advice: 'renew the certificate and install it with its chain',
  citation: 'RFC 5280, section 4.1.2.5',
};

/** A scan run that has just started. */
export function makeRun(id: string = RUNS[0]): ScanRun {
  return {
    id,
    definition: { targets: ['192.0.2.0/24'], ports: '443' },
    startedAt: '2026-11-22T10:00:00.000Z',
    endedAt: null,
    state: 'running',
    planSize: 256,
    counts: {},
  };
}

/** An endpoint at 192.0.2.7:443, or elsewhere. */
export function makeEndpoint(changes: Partial<Endpoint> = {}): Endpoint {
  const address = changes.address === undefined ? '192.0.2.7' : changes.address;
  return {
    host: address ?? 'nowhere.example',
    address,
    port: 443,
    protocol: 'tls',
    serverName: null,
    ...changes,
  };
}

/** Bytes that stand for a certificate: the store reads none. */
export function makeDer(name: string): Uint8Array {
  return Buffer.from(`certificate of ${name}`);
}

/** SHA-256, hex. */
export function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** The facts that go with `makeDer(name)`. */
export function makeFacts(name: string, changes: Partial<Certificate> = {}): Certificate {
  return {
    fingerprintSha256: fingerprint(makeDer(name)),
    commonName: `${name}.example`,
    subject: `CN=${name}.example,O=Corp`,
    issuer: 'CN=Example CA',
    subjectAltNames: [`DNS:${name}.example`, 'IP:192.0.2.7'],
    serialNumber: '0a1b2c',
    notBefore: '2026-09-01T00:00:00.000Z',
    notAfter: '2026-12-04T00:00:00.000Z',
    keyType: 'RSA',
    keyBits: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    validation: 'DV',
    spkiSha256: fingerprint(Buffer.from(`key of ${name}`)),
    ...changes,
  };
}

/** A judgement of a chain whose leaf is about to expire. */
export function makeJudgement(names: readonly string[], changes: Partial<Judgement> = {}): Judgement {
  return {
    presented: names.map((name) => makeFacts(name)),
    path: {
      status: 'trusted',
      trustStores: ['mozilla', 'corp'],
      certificates: [...names, 'root'].map((name) => fingerprint(makeDer(name))),
      reason: null,
    },
    findings: [EXPIRING],
    status: 'Warning',
    grade: 'A',
    ...changes,
  };
}

/** An endpoint that presented a chain. */
export function makeTls(
  endpoint: Endpoint = makeEndpoint(),
  names: readonly string[] = ['leaf', 'intermediate'],
  changes: { run?: string; observedAt?: string; judgement?: Partial<Judgement>; ocsp?: Uint8Array } = {},
): JudgedObservation {
  return {
    observation: {
      run: changes.run ?? RUNS[0],
      observedAt: changes.observedAt ?? '2026-11-22T10:00:01.234Z',
      endpoint,
      outcome: 'tls',
      failure: null,
      handshake: {
        version: 'TLSv1.2',
        cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        group: 'x25519',
        compression: 'null',
        presentedChain: names.map(makeDer),
        ocspResponse: changes.ocsp ?? null,
      },
    },
    judgement: makeJudgement(names, changes.judgement),
  };
}

/** An endpoint that refused the connection, at a moment that is kept to the tenth of a second. */
export function makeRefused(
  endpoint: Endpoint = makeEndpoint(),
  changes: { run?: string; observedAt?: string } = {},
): JudgedObservation {
  return {
    observation: {
      run: changes.run ?? RUNS[0],
      observedAt: changes.observedAt ?? '2026-11-22T10:00:01.200Z',
      endpoint,
      outcome: 'refused',
      failure: { stage: 'connect', code: 'ECONNREFUSED', detail: 'connection refused' },
      handshake: null,
    },
    judgement: NO_CERTIFICATE,
  };
}
