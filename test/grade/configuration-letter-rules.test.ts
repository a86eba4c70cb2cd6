import { describe, expect, it } from 'vitest';
import { CONFIGURATION_LETTER_RULES } from '../../src/grade/configuration-letter-rules.js';
import type { EndpointFacts } from '../../src/grade/endpoint-facts.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { Handshake } from '../../src/model/handshake.js';
import type { CipherSuiteSupport, Posture, TlsVersion } from '../../src/model/posture.js';
import { makePosture, withSuites, withVersions } from '../fixtures/make-posture.js';

const AEAD = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const CBC = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA';
const STATIC = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const RC4 = 'TLS_ECDHE_RSA_WITH_RC4_128_SHA';
const TRIPLE = 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA';

const NEGOTIATED: Handshake = {
  version: 'TLSv1.3',
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
  group: 'x25519',
  compression: 'null',
  presentedChain: [],
  ocspResponse: null,
};

/** The rules that apply to a server. */
function apply(posture: Posture | null, handshake: Partial<Handshake> = {}): readonly string[] {
  const facts: EndpointFacts = {
    protocol: 'tls',
    outcome: 'tls',
    failure: null,
    // What was negotiated with one client must not blur what the posture says.
    handshake: { ...NEGOTIATED, ...(posture && { cipherSuite: null }), ...handshake },
    posture,
    leaf: null,
    policy: DEFAULT_POLICY,
  };
  return CONFIGURATION_LETTER_RULES.filter((rule) => rule.applies(facts)).map(({ rule }) => rule);
}

const ONLY = {
  SSLv2: false,
  SSLv3: false,
  TLSv1: false,
  'TLSv1.1': false,
  'TLSv1.2': false,
  'TLSv1.3': false,
};

/** A server with one version and its suites. */
function only(
  version: TlsVersion,
  names: readonly string[],
  rest: Partial<CipherSuiteSupport> = {},
): Posture {
  return makePosture({
    versions: { ...ONLY, [version]: true },
    cipherSuites: [{ version, order: 'server', complete: true, ...rest, names }],
    groups: [],
  });
}

const dh = (bits: number) =>
  makePosture({ ephemeralKeys: [{ kind: 'dh', bits, name: null, safePrime: true, cipherSuite: AEAD }] });

describe('the rules of the configuration', () => {
  it('have nothing against a sound server', () => {
    expect(apply(makePosture())).toEqual([]);
  });

  it('have nothing against TLS 1.3 alone, nor against what cannot be asked of it', () => {
    const posture = only('TLSv1.3', ['TLS_AES_256_GCM_SHA384']);
    expect(apply({ ...posture, secureRenegotiation: null, fallbackScsv: null })).toEqual([]);
  });

  it('have nothing against post-quantum groups', () => {
    const groups = [{ version: 'TLSv1.3', names: ['X25519MLKEM768', 'MLKEM1024'], complete: true }] as const;
    expect(apply(makePosture({ groups }))).toEqual([]);
  });

  it('have nothing against a server of which nothing is known but a sound handshake', () => {
    expect(apply(null)).toEqual([]);
  });

  it.each<[string, Posture, readonly string[]]>([
    ['SSLv2', withVersions({ SSLv2: true }), ['sslv2']],
    ['SSLv3', withVersions({ SSLv3: true }), ['sslv3']],
    ['TLS 1.0 and 1.1', withVersions({ TLSv1: true, 'TLSv1.1': true }), ['tls10', 'tls11']],
    ['no TLS 1.3', withVersions({ 'TLSv1.3': false }), ['no-tls13']],
    ['TLS 1.1 at best', only('TLSv1.1', [CBC]), ['no-tls12', 'tls11', 'no-aead', 'no-tls13']],
    [
      'SSLv3 alone',
      only('SSLv3', [CBC]),
      ['only-sslv3', 'no-tls12', 'sslv3-cbc', 'sslv3', 'no-aead', 'no-tls13'],
    ],
    ['NULL', withSuites([AEAD, 'TLS_RSA_WITH_NULL_SHA']), ['null-cipher']],
    ['anonymous suites', withSuites([AEAD, 'TLS_DH_anon_WITH_AES_128_GCM_SHA256']), ['anonymous-cipher']],
    ['export suites', withSuites([AEAD, 'TLS_RSA_EXPORT_WITH_RC4_40_MD5']), ['weak-cipher']],
    ['DES', withSuites([AEAD, 'TLS_RSA_WITH_DES_CBC_SHA']), ['weak-cipher']],
    ['3DES at the end', withSuites([AEAD, TRIPLE]), []],
    ['3DES first', withSuites([TRIPLE, AEAD]), ['short-block-with-recent-clients']],
    ['RC4 at the end', withSuites([AEAD, RC4]), ['rc4-cipher']],
    ['RC4 first', withSuites([RC4, AEAD]), ['rc4-with-recent-clients', 'rc4-cipher']],
    [
      'RC4 alone',
      only('TLSv1.2', [RC4]),
      ['only-rc4', 'rc4-with-recent-clients', 'rc4-cipher', 'no-aead', 'no-tls13'],
    ],
    ['a short DH group', dh(1024), ['weak-dh-group']],
    ['a breakable DH group', dh(1023), ['breakable-dh-group', 'weak-dh-group']],
    ['a long DH group', dh(2048), []],
    ['compression', makePosture({ compression: true }), ['compression']],
    ['no secure renegotiation', makePosture({ secureRenegotiation: false }), ['insecure-renegotiation']],
    ['static RSA in TLS 1.2 where TLS 1.3 is chosen', withSuites([STATIC, AEAD]), []],
    ['static RSA first', only('TLSv1.2', [STATIC, AEAD]), ['no-forward-secrecy', 'no-tls13']],
    ['static RSA first by the client', only('TLSv1.2', [STATIC, AEAD], { order: 'client' }), ['no-tls13']],
    ['static RSA alone', only('TLSv1.2', [STATIC], { order: null }), ['no-forward-secrecy', 'no-tls13']],
    ['CBC alone', only('TLSv1.2', [CBC]), ['no-aead', 'no-tls13']],
    ['CBC alone as far as is known', only('TLSv1.2', [CBC], { complete: false }), ['no-tls13']],
    ['a list that is not known', only('TLSv1.2', []), ['no-tls13']],
  ])('cap %s', (_, posture, rules) => {
    expect(apply(posture)).toEqual(rules);
  });

  it('take no question left open for a no', () => {
    const versions = { ...ONLY, 'TLSv1.3': null, 'TLSv1.1': true };
    expect(apply(makePosture({ versions, cipherSuites: [] }))).toEqual(['tls11']);
  });

  it.each<[string, Partial<Handshake>, readonly string[]]>([
    ['TLS 1.0', { version: 'TLSv1', cipherSuite: CBC }, ['tls10']],
    ['SSLv3 with CBC', { version: 'SSLv3', cipherSuite: CBC }, ['sslv3-cbc', 'sslv3']],
    ['static RSA in TLS 1.2', { version: 'TLSv1.2', cipherSuite: STATIC }, ['no-forward-secrecy']],
    [
      'static RSA in TLS 1.0, where we may have offered no better',
      { version: 'TLSv1', cipherSuite: STATIC },
      ['tls10'],
    ],
    ['3DES in TLS 1.2', { version: 'TLSv1.2', cipherSuite: TRIPLE }, ['short-block-with-recent-clients']],
    [
      'a small group',
      { version: 'TLSv1.2', cipherSuite: AEAD, group: 'dh-512' },
      ['breakable-dh-group', 'weak-dh-group'],
    ],
    ['compression', { version: 'TLSv1.2', cipherSuite: AEAD, compression: 'deflate' }, ['compression']],
    ['a suite that is not known', { version: 'TLSv1.2', cipherSuite: null }, []],
  ])('cap what one handshake proves: %s', (_, handshake, rules) => {
    expect(apply(null, handshake)).toEqual(rules);
  });

  it('have each rule once', () => {
    const rules = CONFIGURATION_LETTER_RULES.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  });
});
