import { CIPHER_SUITE_TABLE } from './cipher-suite-table.js';
import { PROTOCOL_VERSIONS, type ProtocolVersion } from './protocol-versions.js';

const STRENGTHS = ['insecure', 'weak', 'secure', 'recommended'] as const;

/** One cipher suite of SSLv3 to TLS 1.3. */
export interface CipherSuite {
  readonly id: number;
  /** The IANA name; for drafts and private numbers the name that their makers use. */
  readonly name: string;
  /** `RSA`, `DHE`, `ECDHE`, `PSK` ...; `any` in TLS 1.3, where group and signature are chosen apart. */
  readonly keyExchange: string;
  /** `RSA`, `ECDSA`, `DSS`, `anon`, `PSK` ...; `any` in TLS 1.3. */
  readonly authentication: string;
  /** `AES-128-GCM`, `3DES-EDE-CBC`, `RC4`, `NULL` ... */
  readonly encryption: string;
  /** Nominal bits of the symmetric key; 0: no encryption. */
  readonly bits: number;
  /** `AEAD`, or the hash of the record MAC. */
  readonly mac: string;
  readonly minVersion: ProtocolVersion;
  readonly maxVersion: ProtocolVersion;
  readonly strength: (typeof STRENGTHS)[number];
  /** Crippled for the export rules of the 1990s. */
  readonly isExport: boolean;
  /** Whether recorded traffic stays secret when the server's key is stolen later. */
  readonly hasForwardSecrecy: boolean;
}

/** Says "I know secure renegotiation" where extensions are not to be had (RFC 5746, section 3.3). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

/** Says "this is a retry at a lower version" (RFC 7507). */
export const FALLBACK_SCSV = 0x5600;

const FORWARD_SECRET = new Set(['DHE', 'ECDHE', 'any', 'CECPQ1', 'ECCPWD']);

/** Every known suite, by number, in ascending order. */
export const CIPHER_SUITES: ReadonlyMap<number, CipherSuite> = new Map(
  CIPHER_SUITE_TABLE.map(readRow).map((suite) => [suite.id, suite]),
);

/** The suite's registered name, or `cipher-suite-0x1234` for a number that nobody registered. */
export function cipherSuiteName(id: number): string {
  return CIPHER_SUITES.get(id)?.name ?? `cipher-suite-0x${id.toString(16).padStart(4, '0')}`;
}

function readRow(row: string): CipherSuite {
  const [id = '', name = '', keyExchange = '', authentication = '', encryption = '', ...rest] =
    row.split(' ');
  const [bits = '', mac = '', minVersion, maxVersion, strength] = rest;
  const isExport = name.includes('_EXPORT');
  return {
    id: Number.parseInt(id, 16),
    name,
    keyExchange,
    authentication,
    encryption,
    bits: Number(bits),
    mac,
    minVersion: PROTOCOL_VERSIONS.find((version) => version === minVersion) ?? 'SSLv3',
    maxVersion: PROTOCOL_VERSIONS.find((version) => version === maxVersion) ?? 'TLSv1.2',
    strength: STRENGTHS.find((word) => word === strength) ?? 'insecure',
    isExport,
    hasForwardSecrecy: FORWARD_SECRET.has(keyExchange) && !isExport,
  };
}
