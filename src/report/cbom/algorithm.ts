/** What an algorithm is for, where a bill of materials meets it. */
export type AlgorithmUse = 'signature' | 'public-key' | 'key-exchange' | 'cipher';

/** One algorithm as CycloneDX describes it (`algorithmProperties`). */
export interface Algorithm {
  readonly name: string;
  readonly oid?: string;
  readonly primitive: string;
  readonly parameterSetIdentifier?: string;
  readonly curve?: string;
  readonly mode?: string;
  readonly padding?: string;
  readonly cryptoFunctions: readonly string[];
  readonly classicalSecurityLevel?: number;
  /** NIST category 1 to 5; 0: a quantum computer breaks it. */
  readonly nistQuantumSecurityLevel?: number;
}

/** Object identifiers of the signature algorithms that are in use (RFC 4055, RFC 5758, RFC 8410, RFC 9881). */
const SIGNATURE_OIDS: Readonly<Record<string, string>> = {
  md5WithRSAEncryption: '1.2.840.113549.1.1.4',
  sha1WithRSAEncryption: '1.2.840.113549.1.1.5',
  'RSASSA-PSS': '1.2.840.113549.1.1.10',
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  sha384WithRSAEncryption: '1.2.840.113549.1.1.12',
  sha512WithRSAEncryption: '1.2.840.113549.1.1.13',
  'dsa-with-SHA1': '1.2.840.10040.4.3',
  'dsa-with-SHA256': '2.16.840.1.101.3.4.3.2',
  'ecdsa-with-SHA1': '1.2.840.10045.4.1',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
  'ecdsa-with-SHA512': '1.2.840.10045.4.3.4',
  Ed25519: '1.3.101.112',
  Ed448: '1.3.101.113',
  'ML-DSA-44': '2.16.840.1.101.3.4.3.17',
  'ML-DSA-65': '2.16.840.1.101.3.4.3.18',
  'ML-DSA-87': '2.16.840.1.101.3.4.3.19',
};

/** Strength of keys that rest on factoring or discrete logarithms, by least bits (NIST SP 800-57 Part 1, table 2). */
const FIELD_LEVELS: readonly (readonly [number, number])[] = [
  [15_360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80],
  [0, 0],
];

/** NIST categories of FIPS 203 and 204 by parameter set; hybrids have that of their post-quantum half. */
const QUANTUM_LEVELS: readonly (readonly [RegExp, number])[] = [
  [/ML-DSA-44/i, 2],
  [/ML-DSA-65|ML-?KEM-?768|SLH-DSA-\w+-192/i, 3],
  [/ML-DSA-87|ML-?KEM-?1024|SLH-DSA-\w+-256/i, 5],
  [/ML-?KEM-?512|SLH-DSA-\w+-128/i, 1],
];

/** Block sizes and modes apart, AES is the only cipher with categories of its own (NIST call for proposals, 4.A.5). */
const AES_LEVELS: Readonly<Record<string, number>> = { '128': 1, '192': 3, '256': 5 };

/** Tells what an algorithm is, by the name that records give it; what is unknown is left out. */
export function describeAlgorithm(use: AlgorithmUse, name: string): Algorithm {
  if (use === 'signature') return describeSignature(name);
  if (use === 'public-key') return describePublicKey(name);
  return use === 'cipher' ? describeCipher(name) : describeKeyExchange(name);
}

function describeSignature(name: string): Algorithm {
  const oid = /^[0-2](\.\d+)+$/.test(name)
    ? name
    : SIGNATURE_OIDS[name.replace(/^(RSASSA-PSS)-SHA(?!KE).*/, '$1')];
  const quantum = quantumLevelOf(name);
  return {
    name,
    ...(oid !== undefined && { oid }),
    primitive: 'signature',
    ...(/WithRSA/.test(name) && { padding: 'pkcs1v15' }),
    cryptoFunctions: ['verify'],
    ...(quantum !== null && { nistQuantumSecurityLevel: quantum }),
  };
}

/** Of a name such as `RSA-2048`, `EC-256` or `ML-DSA-44`. */
function describePublicKey(name: string): Algorithm {
  const bits = /^(?:RSA|RSA-PSS|DSA|EC)-(\d{1,6})$/.exec(name)?.[1];
  const quantum = quantumLevelOf(name);
  const size = Number(bits);
  const level = name.startsWith('EC-') ? Math.floor(size / 2) : fieldLevelOf(size);
  return {
    name,
    primitive: name.startsWith('RSA-') && !name.startsWith('RSA-PSS') ? 'pke' : 'signature',
    ...(bits !== undefined && {
      parameterSetIdentifier: bits,
      classicalSecurityLevel: level,
      nistQuantumSecurityLevel: 0,
    }),
    ...(name === 'Ed25519' && { classicalSecurityLevel: 128, nistQuantumSecurityLevel: 0 }),
    ...(name === 'Ed448' && { classicalSecurityLevel: 224, nistQuantumSecurityLevel: 0 }),
    cryptoFunctions: ['verify'],
    ...(quantum !== null && { nistQuantumSecurityLevel: quantum }),
  };
}

/** Of a TLS group: `x25519`, `secp256r1`, `ffdhe2048`, `dh-1024`, `X25519MLKEM768`. */
function describeKeyExchange(name: string): Algorithm {
  const quantum = quantumLevelOf(name);
  if (quantum !== null)
    return {
      name,
      primitive: /^ML-?KEM/i.test(name) ? 'kem' : 'combiner',
      cryptoFunctions: ['encapsulate'],
      nistQuantumSecurityLevel: quantum,
    };
  const field = /^(?:ffdhe|dh-|modp)(\d{1,6})/.exec(name)?.[1];
  const curve = /^(?:x25519|x448|sec[pt]\d+[rk]\d|brainpoolP\d+\w*)$/i.test(name);
  const curveBits = name === 'x25519' ? 256 : Number(/\d{3}/.exec(name)?.[0]);
  return {
    name,
    primitive: 'key-agree',
    ...(field !== undefined && {
      parameterSetIdentifier: field,
      classicalSecurityLevel: fieldLevelOf(Number(field)),
    }),
    ...(curve && { curve: name, classicalSecurityLevel: Math.floor(curveBits / 2) }),
    cryptoFunctions: ['keygen', 'keyderive'],
    ...((field !== undefined || curve) && { nistQuantumSecurityLevel: 0 }),
  };
}

/** Of the encryption in a suite's name: `AES_128_GCM`, `CHACHA20_POLY1305`, `3DES_EDE_CBC`, `RC4_128`. */
function describeCipher(name: string): Algorithm {
  const aes = /^AES_(\d+)/.exec(name)?.[1];
  const mode = /_(CBC|CCM|GCM|CTR)(?:_|$)/.exec(name)?.[1]?.toLowerCase();
  const quantum = aes === undefined ? undefined : AES_LEVELS[aes];
  const isAuthenticated = mode === 'gcm' || mode === 'ccm' || /POLY1305|MGM/.test(name);
  const isStream = /^(?:RC4|CHACHA20)/.test(name);
  return {
    name: name.replaceAll('_', '-'),
    primitive: isAuthenticated ? 'ae' : isStream ? 'stream-cipher' : 'block-cipher',
    ...(aes !== undefined && { parameterSetIdentifier: aes, classicalSecurityLevel: Number(aes) }),
    ...(mode !== undefined && { mode }),
    cryptoFunctions: ['encrypt', 'decrypt'],
    ...(quantum !== undefined && { nistQuantumSecurityLevel: quantum }),
  };
}

function fieldLevelOf(bits: number): number {
  return FIELD_LEVELS.find(([least]) => bits >= least)?.[1] ?? 0;
}

function quantumLevelOf(name: string): number | null {
  return QUANTUM_LEVELS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
