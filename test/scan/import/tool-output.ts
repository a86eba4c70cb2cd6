import type { MadeCertificate } from '../../fixtures/make-certificate.js';
import { fingerprintOf } from './fingerprint-of.js';

/** A line of `tlsx -json`, with the keys that it writes; `changes` with undefined leave keys out. */
export function makeTlsxLine(leaf: MadeCertificate, changes: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({
    timestamp: '2026-10-01T12:00:00.123456789+02:00',
    host: 'www.example.org',
    ip: '192.0.2.7',
    port: '443',
    probe_status: true,
    tls_version: 'tls13',
    cipher: 'TLS_AES_128_GCM_SHA256',
    self_signed: true,
    mismatched: true,
    not_before: '2026-09-01T00:00:00Z',
    not_after: '2026-12-01T00:00:00Z',
    subject_dn: 'CN=www.example.org, O=Corp',
    subject_cn: 'www.example.org',
    subject_an: ['www.example.org', 'example.org'],
    serial: '8A:00:01',
    issuer_dn: 'CN=Issuing',
    issuer_cn: 'Issuing',
    fingerprint_hash: { sha256: fingerprintOf(leaf.der) },
    tls_connection: 'ctls',
    sni: 'www.example.org',
    ...changes,
  })}\n`;
}

/** A line of zgrab2 with one module, cut to the keys that matter. */
export function makeZgrab2Line(
  chain: readonly MadeCertificate[],
  {
    module = 'tls',
    target = { ip: '192.0.2.8', domain: 'mail.example.org' },
    response = {},
    result = {},
    hello = {},
  }: {
    readonly module?: string;
    readonly target?: Readonly<Record<string, unknown>>;
    readonly response?: Readonly<Record<string, unknown>>;
    readonly result?: Readonly<Record<string, unknown>>;
    readonly hello?: Readonly<Record<string, unknown>>;
  } = {},
): string {
  const [certificate, ...rest] = chain.map(({ der }) => ({
    raw: Buffer.from(der).toString('base64'),
    parsed: {},
  }));
  const log = {
    server_hello: {
      version: { name: 'TLSv1.2', value: 771 },
      cipher_suite: { hex: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', value: 49199 },
      compression_method: 0,
      ...hello,
    },
    server_certificates: { certificate, chain: rest },
    server_key_exchange: { ecdh_params: { curve_id: { name: 'secp256r1', id: 23 } } },
  };
  const tls = module === 'tls' ? { handshake_log: log } : { tls: { handshake_log: log } };
  return `${JSON.stringify({
    ...target,
    data: {
      [module]: {
        status: 'success',
        protocol: module,
        result: { ...tls, ...result },
        timestamp: '2026-10-01T10:00:00Z',
        ...response,
      },
    },
  })}\n`;
}
