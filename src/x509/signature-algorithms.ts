/** What is known of a signature algorithm beforehand. */
export interface KnownSignatureAlgorithm {
  readonly name: string;
  readonly hash: string | null;
  /**
   * How it is verified; null: not by node:crypto. `pure` ones take the message itself and have one name for key and
   * signature; whether they verify depends on the OpenSSL that Node.js brings.
   */
  readonly scheme: 'rsa' | 'rsa-pss' | 'dsa' | 'ecdsa' | 'pure' | null;
}

/** Signature algorithms by OID (RFC 3279, 4055, 5758, 8410, 8692, 9881, 9909 and national ones). */
export const SIGNATURE_ALGORITHMS: Readonly<Record<string, KnownSignatureAlgorithm>> = {
  '1.2.840.113549.1.1.2': { name: 'md2WithRSAEncryption', hash: 'md2', scheme: null },
  '1.2.840.113549.1.1.3': { name: 'md4WithRSAEncryption', hash: 'md4', scheme: null },
  '1.2.840.113549.1.1.4': { name: 'md5WithRSAEncryption', hash: 'md5', scheme: 'rsa' },
  '1.2.840.113549.1.1.5': { name: 'sha1WithRSAEncryption', hash: 'sha1', scheme: 'rsa' },
  '1.2.840.113549.1.1.10': { name: 'RSASSA-PSS', hash: 'sha1', scheme: 'rsa-pss' },
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSAEncryption', hash: 'sha256', scheme: 'rsa' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', hash: 'sha384', scheme: 'rsa' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', hash: 'sha512', scheme: 'rsa' },
  '1.2.840.113549.1.1.14': { name: 'sha224WithRSAEncryption', hash: 'sha224', scheme: 'rsa' },
  '1.2.840.113549.1.1.15': { name: 'sha512-224WithRSAEncryption', hash: 'sha512-224', scheme: 'rsa' },
  '1.2.840.113549.1.1.16': { name: 'sha512-256WithRSAEncryption', hash: 'sha512-256', scheme: 'rsa' },
  '2.16.840.1.101.3.4.3.13': { name: 'sha3-224WithRSAEncryption', hash: 'sha3-224', scheme: 'rsa' },
  '2.16.840.1.101.3.4.3.14': { name: 'sha3-256WithRSAEncryption', hash: 'sha3-256', scheme: 'rsa' },
  '2.16.840.1.101.3.4.3.15': { name: 'sha3-384WithRSAEncryption', hash: 'sha3-384', scheme: 'rsa' },
  '2.16.840.1.101.3.4.3.16': { name: 'sha3-512WithRSAEncryption', hash: 'sha3-512', scheme: 'rsa' },
  '1.3.36.3.3.1.2': { name: 'ripemd160WithRSA', hash: 'ripemd160', scheme: 'rsa' },
  // Of the OIW, from before PKCS#1 had numbers for them; old Microsoft and IBM software used them.
  '1.3.14.3.2.3': { name: 'md5WithRSA', hash: 'md5', scheme: 'rsa' },
  '1.3.14.3.2.15': { name: 'shaWithRSASignature', hash: 'sha', scheme: null },
  '1.3.14.3.2.29': { name: 'sha1WithRSA', hash: 'sha1', scheme: 'rsa' },
  '1.3.14.3.2.13': { name: 'dsaWithSHA', hash: 'sha', scheme: null },
  '1.3.14.3.2.27': { name: 'dsaWithSHA1', hash: 'sha1', scheme: 'dsa' },
  '1.2.840.10040.4.3': { name: 'dsa-with-SHA1', hash: 'sha1', scheme: 'dsa' },
  '2.16.840.1.101.3.4.3.1': { name: 'dsa-with-SHA224', hash: 'sha224', scheme: 'dsa' },
  '2.16.840.1.101.3.4.3.2': { name: 'dsa-with-SHA256', hash: 'sha256', scheme: 'dsa' },
  '2.16.840.1.101.3.4.3.3': { name: 'dsa-with-SHA384', hash: 'sha384', scheme: 'dsa' },
  '2.16.840.1.101.3.4.3.4': { name: 'dsa-with-SHA512', hash: 'sha512', scheme: 'dsa' },
  '1.2.840.10045.4.1': { name: 'ecdsa-with-SHA1', hash: 'sha1', scheme: 'ecdsa' },
  '1.2.840.10045.4.3.1': { name: 'ecdsa-with-SHA224', hash: 'sha224', scheme: 'ecdsa' },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', hash: 'sha256', scheme: 'ecdsa' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', hash: 'sha384', scheme: 'ecdsa' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', hash: 'sha512', scheme: 'ecdsa' },
  '2.16.840.1.101.3.4.3.9': { name: 'ecdsa-with-SHA3-224', hash: 'sha3-224', scheme: 'ecdsa' },
  '2.16.840.1.101.3.4.3.10': { name: 'ecdsa-with-SHA3-256', hash: 'sha3-256', scheme: 'ecdsa' },
  '2.16.840.1.101.3.4.3.11': { name: 'ecdsa-with-SHA3-384', hash: 'sha3-384', scheme: 'ecdsa' },
  '2.16.840.1.101.3.4.3.12': { name: 'ecdsa-with-SHA3-512', hash: 'sha3-512', scheme: 'ecdsa' },
  '1.3.6.1.5.5.7.6.30': { name: 'RSASSA-PSS-SHAKE128', hash: 'shake128', scheme: null },
  '1.3.6.1.5.5.7.6.31': { name: 'RSASSA-PSS-SHAKE256', hash: 'shake256', scheme: null },
  '1.3.6.1.5.5.7.6.32': { name: 'ecdsa-with-SHAKE128', hash: 'shake128', scheme: null },
  '1.3.6.1.5.5.7.6.33': { name: 'ecdsa-with-SHAKE256', hash: 'shake256', scheme: null },
  '1.3.101.112': { name: 'Ed25519', hash: null, scheme: 'pure' },
  '1.3.101.113': { name: 'Ed448', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.17': { name: 'ML-DSA-44', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.18': { name: 'ML-DSA-65', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.19': { name: 'ML-DSA-87', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.20': { name: 'SLH-DSA-SHA2-128s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.21': { name: 'SLH-DSA-SHA2-128f', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.22': { name: 'SLH-DSA-SHA2-192s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.23': { name: 'SLH-DSA-SHA2-192f', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.24': { name: 'SLH-DSA-SHA2-256s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.25': { name: 'SLH-DSA-SHA2-256f', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.26': { name: 'SLH-DSA-SHAKE-128s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.27': { name: 'SLH-DSA-SHAKE-128f', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.28': { name: 'SLH-DSA-SHAKE-192s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.29': { name: 'SLH-DSA-SHAKE-192f', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.30': { name: 'SLH-DSA-SHAKE-256s', hash: null, scheme: 'pure' },
  '2.16.840.1.101.3.4.3.31': { name: 'SLH-DSA-SHAKE-256f', hash: null, scheme: 'pure' },
  '1.2.643.2.2.3': { name: 'GOST R 34.10-2001', hash: 'gost94', scheme: null },
  '1.2.643.7.1.1.3.2': { name: 'GOST R 34.10-2012-256', hash: 'streebog256', scheme: null },
  '1.2.643.7.1.1.3.3': { name: 'GOST R 34.10-2012-512', hash: 'streebog512', scheme: null },
  '1.2.156.10197.1.501': { name: 'SM2-with-SM3', hash: 'sm3', scheme: null },
};
