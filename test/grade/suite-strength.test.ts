import { describe, expect, it } from 'vitest';
import { findSuiteStrength } from '../../src/grade/suite-strength.js';
import { CIPHER_SUITES } from '../../src/probe/hello/cipher-suites.js';
import { SSLV2_CIPHER_KINDS } from '../../src/probe/hello/sslv2-cipher-kinds.js';

const NAMES = [...[...CIPHER_SUITES.values()].map(({ name }) => name), ...SSLV2_CIPHER_KINDS.values()];

/** What is sent to signal something, and encrypts nothing. */
const SIGNALS = /SCSV|GREASE/;

describe('findSuiteStrength', () => {
  it('knows every registered suite', () => {
    expect(NAMES.filter((name) => findSuiteStrength(name) === null && !SIGNALS.test(name))).toEqual([]);
  });

  it.each([
    ['TLS_AES_128_GCM_SHA256', 128],
    ['TLS_AES_256_GCM_SHA384', 256],
    ['TLS_CHACHA20_POLY1305_SHA256', 256],
    ['TLS_SHA256_SHA256', 0],
    ['TLS_RSA_WITH_NULL_SHA', 0],
    ['SSL_CK_NULL', 0],
    ['TLS_RSA_EXPORT_WITH_RC4_40_MD5', 40],
    ['TLS_RSA_EXPORT_WITH_DES40_CBC_SHA', 40],
    ['TLS_KRB5_EXPORT_WITH_DES_CBC_40_SHA', 40],
    ['TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA', 56],
    ['TLS_RSA_EXPORT1024_WITH_RC4_56_SHA', 56],
    ['TLS_RSA_WITH_DES_CBC_SHA', 56],
    ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 112],
    ['SSL_CK_DES_192_EDE3_CBC_WITH_MD5', 112],
    ['SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5', 40],
    ['SSL_CK_RC4_64_WITH_MD5', 56],
    ['TLS_RSA_WITH_RC4_128_SHA', 128],
    ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 256],
    ['TLS_SOMETHING_NEW', null],
  ])('%s has %s bits', (name, bits) => {
    expect(findSuiteStrength(name)).toBe(bits);
  });
});
