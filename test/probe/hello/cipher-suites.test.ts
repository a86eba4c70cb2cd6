import { describe, expect, it } from 'vitest';
import { ALERTS, alertName } from '../../../src/probe/hello/alerts.js';
import { CIPHER_SUITES, cipherSuiteName } from '../../../src/probe/hello/cipher-suites.js';
import { GROUPS, groupName } from '../../../src/probe/hello/groups.js';
import { SIGNATURE_SCHEMES, signatureSchemeName } from '../../../src/probe/hello/signature-schemes.js';

describe('the registries', () => {
  it('know every suite as its row says', () => {
    expect(CIPHER_SUITES.size).toBe(415);
    for (const [id, suite] of CIPHER_SUITES) {
      expect(suite.id).toBe(id);
      expect(suite.name).toMatch(/^[\w-]+$/);
      expect(Number.isInteger(suite.bits)).toBe(true);
    }
    expect(CIPHER_SUITES.get(0xc02f)).toEqual({
      id: 0xc02f,
      name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      keyExchange: 'ECDHE',
      authentication: 'RSA',
      encryption: 'AES-128-GCM',
      bits: 128,
      mac: 'AEAD',
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      strength: 'recommended',
      isExport: false,
      hasForwardSecrecy: true,
    });
    expect(CIPHER_SUITES.get(0x0003)).toMatchObject({
      isExport: true,
      maxVersion: 'TLSv1',
      strength: 'insecure',
    });
    expect(CIPHER_SUITES.get(0x1301)).toMatchObject({ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' });
  });

  it('name what they know, and number what they do not', () => {
    expect(cipherSuiteName(0x1302)).toBe('TLS_AES_256_GCM_SHA384');
    expect(cipherSuiteName(0x0a0a)).toBe('cipher-suite-0x0a0a');
    expect(groupName(0x11ec)).toBe('X25519MLKEM768');
    expect(groupName(0x2a2a)).toBe('group-0x2a2a');
    expect(signatureSchemeName(0x0804)).toBe('rsa_pss_rsae_sha256');
    expect(signatureSchemeName(0xffff)).toBe('scheme-0xffff');
    expect(alertName(40)).toBe('handshake_failure');
    expect(alertName(60)).toBe('export_restriction');
  });

  it('have names in their own style', () => {
    for (const name of ALERTS.values()) expect(name).toMatch(/^[a-z_]+$/);
    for (const { name } of GROUPS.values()) expect(name).toMatch(/^\w+$/);
    for (const { name } of SIGNATURE_SCHEMES.values()) expect(name).toMatch(/^\w+$/);
  });
});
