/** One way of signing a handshake. */
export interface SignatureScheme {
  readonly id: number;
  readonly name: string;
  /** The key that signs: `RSA`, `RSA-PSS`, `DSA`, `ECDSA`, `Ed25519` ... */
  readonly key: string;
  readonly strength: 'insecure' | 'weak' | 'secure' | 'recommended';
}

type Row = readonly [number, string, string, SignatureScheme['strength']];

/** The IANA TLS SignatureScheme registry of September 2026 and the TLS 1.2 pairs (RFC 5246, section 7.4.1.4.1). */
const TABLE: readonly Row[] = [
  [0x0101, 'rsa_pkcs1_md5', 'RSA', 'insecure'],
  [0x0102, 'dsa_md5', 'DSA', 'insecure'],
  [0x0103, 'ecdsa_md5', 'ECDSA', 'insecure'],
  [0x0201, 'rsa_pkcs1_sha1', 'RSA', 'insecure'],
  [0x0202, 'dsa_sha1', 'DSA', 'insecure'],
  [0x0203, 'ecdsa_sha1', 'ECDSA', 'insecure'],
  [0x0301, 'rsa_pkcs1_sha224', 'RSA', 'weak'],
  [0x0302, 'dsa_sha224', 'DSA', 'weak'],
  [0x0303, 'ecdsa_sha224', 'ECDSA', 'weak'],
  [0x0401, 'rsa_pkcs1_sha256', 'RSA', 'secure'],
  [0x0402, 'dsa_sha256', 'DSA', 'weak'],
  [0x0403, 'ecdsa_secp256r1_sha256', 'ECDSA', 'recommended'],
  [0x0420, 'rsa_pkcs1_sha256_legacy', 'RSA', 'weak'],
  [0x0501, 'rsa_pkcs1_sha384', 'RSA', 'secure'],
  [0x0502, 'dsa_sha384', 'DSA', 'weak'],
  [0x0503, 'ecdsa_secp384r1_sha384', 'ECDSA', 'recommended'],
  [0x0520, 'rsa_pkcs1_sha384_legacy', 'RSA', 'weak'],
  [0x0601, 'rsa_pkcs1_sha512', 'RSA', 'secure'],
  [0x0602, 'dsa_sha512', 'DSA', 'weak'],
  [0x0603, 'ecdsa_secp521r1_sha512', 'ECDSA', 'recommended'],
  [0x0620, 'rsa_pkcs1_sha512_legacy', 'RSA', 'weak'],
  [0x0704, 'eccsi_sha256', 'IBS', 'weak'],
  [0x0705, 'iso_ibs1', 'IBS', 'weak'],
  [0x0706, 'iso_ibs2', 'IBS', 'weak'],
  [0x0707, 'iso_chinese_ibs', 'IBS', 'weak'],
  [0x0708, 'sm2sig_sm3', 'SM2', 'secure'],
  [0x0709, 'gostr34102012_256a', 'GOST', 'secure'],
  [0x070a, 'gostr34102012_256b', 'GOST', 'secure'],
  [0x070b, 'gostr34102012_256c', 'GOST', 'secure'],
  [0x070c, 'gostr34102012_256d', 'GOST', 'secure'],
  [0x070d, 'gostr34102012_512a', 'GOST', 'secure'],
  [0x070e, 'gostr34102012_512b', 'GOST', 'secure'],
  [0x070f, 'gostr34102012_512c', 'GOST', 'secure'],
  [0x0804, 'rsa_pss_rsae_sha256', 'RSA', 'recommended'],
  [0x0805, 'rsa_pss_rsae_sha384', 'RSA', 'recommended'],
  [0x0806, 'rsa_pss_rsae_sha512', 'RSA', 'recommended'],
  [0x0807, 'ed25519', 'Ed25519', 'recommended'],
  [0x0808, 'ed448', 'Ed448', 'recommended'],
  [0x0809, 'rsa_pss_pss_sha256', 'RSA-PSS', 'recommended'],
  [0x080a, 'rsa_pss_pss_sha384', 'RSA-PSS', 'recommended'],
  [0x080b, 'rsa_pss_pss_sha512', 'RSA-PSS', 'recommended'],
  [0x081a, 'ecdsa_brainpoolP256r1tls13_sha256', 'ECDSA', 'secure'],
  [0x081b, 'ecdsa_brainpoolP384r1tls13_sha384', 'ECDSA', 'secure'],
  [0x081c, 'ecdsa_brainpoolP512r1tls13_sha512', 'ECDSA', 'secure'],
  [0x0840, 'gostr34102012_256_intrinsic', 'GOST', 'secure'],
  [0x0841, 'gostr34102012_512_intrinsic', 'GOST', 'secure'],
  [0x0904, 'mldsa44', 'ML-DSA-44', 'recommended'],
  [0x0905, 'mldsa65', 'ML-DSA-65', 'recommended'],
  [0x0906, 'mldsa87', 'ML-DSA-87', 'recommended'],
  [0x0911, 'slhdsa_sha2_128s', 'SLH-DSA', 'secure'],
  [0x0912, 'slhdsa_sha2_128f', 'SLH-DSA', 'secure'],
  [0x0913, 'slhdsa_sha2_192s', 'SLH-DSA', 'secure'],
  [0x0914, 'slhdsa_sha2_192f', 'SLH-DSA', 'secure'],
  [0x0915, 'slhdsa_sha2_256s', 'SLH-DSA', 'secure'],
  [0x0916, 'slhdsa_sha2_256f', 'SLH-DSA', 'secure'],
  [0x0917, 'slhdsa_shake_128s', 'SLH-DSA', 'secure'],
  [0x0918, 'slhdsa_shake_128f', 'SLH-DSA', 'secure'],
  [0x0919, 'slhdsa_shake_192s', 'SLH-DSA', 'secure'],
  [0x091a, 'slhdsa_shake_192f', 'SLH-DSA', 'secure'],
  [0x091b, 'slhdsa_shake_256s', 'SLH-DSA', 'secure'],
  [0x091c, 'slhdsa_shake_256f', 'SLH-DSA', 'secure'],
  [0xeded, 'gostr34102001', 'GOST', 'weak'],
  [0xeeee, 'gostr34102012_256', 'GOST', 'weak'],
  [0xefef, 'gostr34102012_512', 'GOST', 'weak'],
];

/** Every known signature scheme, by number. */
export const SIGNATURE_SCHEMES: ReadonlyMap<number, SignatureScheme> = new Map(
  TABLE.map(([id, name, key, strength]) => [id, { id, name, key, strength }]),
);

/** The scheme's registered name, or `scheme-0x1234` for a number that nobody registered. */
export function signatureSchemeName(id: number): string {
  return SIGNATURE_SCHEMES.get(id)?.name ?? `scheme-0x${id.toString(16).padStart(4, '0')}`;
}
