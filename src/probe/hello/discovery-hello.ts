import { CIPHER_SUITES } from './cipher-suites.js';
import { GROUPS } from './groups.js';
import type { HelloSpec } from './hello-spec.js';
import { canShare } from './key-share.js';
import { SIGNATURE_SCHEMES } from './signature-schemes.js';

/** The kinds of hello that discovery has, most useful first. */
export type DiscoveryHello = 'modern' | 'wide' | 'compact' | 'plain' | 'sslv3';

/** The kind of certificate to ask a server for that has several. */
export type Authentication = 'rsa' | 'ecdsa';

/** Suites that nearly every server shares, good ones first, so that one that follows our order answers well. */
const USUAL_SUITES = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0xc023, 0xc027, 0xc024,
  0xc028, 0x009c, 0x009d, 0x002f, 0x0035, 0x003c, 0x003d, 0x009e, 0x009f, 0xccaa, 0x0033, 0x0039, 0x0067,
  0x006b, 0xc008, 0xc012, 0x000a, 0x0016, 0x0005, 0x0004,
];

const USUAL_TLS13_SUITES = [0x1301, 0x1302, 0x1303];
const TLS13_SUITES = [...USUAL_TLS13_SUITES, 0x1304, 0x1305];

/** x25519, P-256, P-384, P-521, x448, then the finite-field groups that old servers need no list for. */
const USUAL_GROUPS = [0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101];

/** Shares are free for us (see key-share.ts), so the three groups that servers choose are all there at once. */
const USUAL_SHARES = [0x001d, 0x0017, 0x0018];

const USUAL_SCHEMES = [
  0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a,
  0x080b, 0x0203, 0x0201, 0x0402, 0x0202,
];

/**
 * Everything else that may come with a certificate, export and anonymous suites too. Regional ciphers (Camellia, ARIA,
 * SEED) stand beside AES wherever they are, and are left out because old Cisco devices fail above 128 suites.
 */
const RARE_SUITES = [...CIPHER_SUITES.values()]
  .filter(
    ({ id, minVersion, keyExchange, authentication, encryption }) =>
      minVersion !== 'TLSv1.3' &&
      ['RSA', 'DHE', 'ECDHE'].includes(keyExchange) &&
      ['RSA', 'ECDSA', 'DSS', 'anon'].includes(authentication) &&
      /^(NULL|RC|DES|3DES|AES|CHACHA)/.test(encryption) &&
      (id < 0x0100 || (id >= 0xc000 && id < 0xcd00)) &&
      !USUAL_SUITES.includes(id),
  )
  .map((suite) => suite.id);

const ALL_GROUPS = [
  ...USUAL_GROUPS,
  ...[...GROUPS.keys()].filter((id) => isOffered(id) && !USUAL_GROUPS.includes(id)),
];

const ALL_SCHEMES = [
  ...USUAL_SCHEMES,
  ...[...SIGNATURE_SCHEMES.values()]
    .filter(({ id, key }) => /^(RSA|DSA|ECDSA|ML-DSA|SLH-DSA)/.test(key) && !USUAL_SCHEMES.includes(id))
    .map((scheme) => scheme.id),
];

/** What the oldest servers know: SSLv3 and TLS 1.0 suites without elliptic curves. */
const OLD_SUITES = [...USUAL_SUITES, ...RARE_SUITES].filter((id) => {
  const suite = CIPHER_SUITES.get(id);
  return suite?.minVersion === 'SSLv3' && suite.keyExchange !== 'ECDHE';
});

const HELLOS: Readonly<Record<DiscoveryHello, HelloSpec>> = {
  modern: {
    serverName: null,
    versions: ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'],
    cipherSuites: [...USUAL_TLS13_SUITES, ...USUAL_SUITES],
    groups: USUAL_GROUPS,
    keyShares: USUAL_SHARES,
    signatureSchemes: USUAL_SCHEMES,
  },
  wide: {
    serverName: null,
    versions: ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'],
    cipherSuites: [...TLS13_SUITES, ...USUAL_SUITES, ...RARE_SUITES],
    groups: ALL_GROUPS,
    keyShares: USUAL_SHARES,
    signatureSchemes: ALL_SCHEMES,
  },
  compact: {
    serverName: null,
    versions: ['TLSv1.2'],
    cipherSuites: USUAL_SUITES,
    groups: USUAL_GROUPS.slice(0, 4),
    keyShares: [],
    signatureSchemes: USUAL_SCHEMES,
  },
  plain: {
    serverName: null,
    versions: ['TLSv1'],
    cipherSuites: OLD_SUITES,
    groups: [],
    keyShares: [],
    signatureSchemes: [],
    plain: true,
  },
  sslv3: {
    serverName: null,
    versions: ['SSLv3'],
    cipherSuites: OLD_SUITES,
    groups: [],
    keyShares: [],
    signatureSchemes: [],
    plain: true,
  },
};

/** The hello of one kind for one name, perhaps asking for one kind of certificate only. */
export function discoveryHello(
  kind: DiscoveryHello,
  serverName: string | null,
  authentication?: Authentication,
): HelloSpec {
  const spec = HELLOS[kind];
  if (authentication === undefined) return { ...spec, serverName };
  const suiteKey = authentication === 'rsa' ? 'RSA' : 'ECDSA';
  const schemeKeys = authentication === 'rsa' ? /^RSA/ : /^(ECDSA|Ed)/;
  return {
    ...spec,
    serverName,
    cipherSuites: spec.cipherSuites.filter((id) =>
      ['any', suiteKey].includes(CIPHER_SUITES.get(id)?.authentication ?? ''),
    ),
    signatureSchemes: spec.signatureSchemes.filter((id) =>
      schemeKeys.test(SIGNATURE_SCHEMES.get(id)?.key ?? ''),
    ),
  };
}

/** Groups for TLS 1.3 must be ones that we can serve when the server asks; older ones cost nothing to name. */
function isOffered(id: number): boolean {
  const group = GROUPS.get(id);
  if (!group || group.kind === 'explicit' || group.kind === 'gost') return false;
  return group.tls13 ? canShare(id) : true;
}
