import { describe, expect, it } from 'vitest';
import { CIPHER_SUITES, type CipherSuite } from '../../../src/probe/hello/cipher-suites.js';
import { keyExchangeGroupName, readServerKeyExchange } from '../../../src/probe/hello/server-key-exchange.js';
import { expectRobust } from './expect-robust.js';
import { greet, makeChain, serveOpenssl } from './greet-server.js';
import { uint16, vector } from './write-records.js';

const ECDHE_RSA = 0xc02f;
const DHE_RSA = 0x0033;
const RSA_EXPORT = 0x0003;
const ECDHE_PSK = 0xc035;
const STATIC_RSA = 0x002f;

const SIGNATURE = Buffer.concat([uint16(0x0804), vector(2, Buffer.alloc(64))]);
const NAMED_CURVE = Buffer.concat([Buffer.from([3]), uint16(0x001d), vector(1, Buffer.alloc(32)), SIGNATURE]);
const PRIME = Buffer.concat([Buffer.from([0, 0, 0x7f]), Buffer.alloc(127, 0xab)]);
const DH = Buffer.concat([vector(2, PRIME), vector(2, Buffer.from([2])), vector(2, PRIME), SIGNATURE]);

describe('readServerKeyExchange', () => {
  it.each([
    { name: 'a named curve', suite: ECDHE_RSA, body: NAMED_CURVE, group: 'x25519', scheme: 0x0804 },
    {
      name: 'a curve that nobody registered',
      suite: ECDHE_RSA,
      body: curve(3, 0xabcd),
      group: 'group-0xabcd',
      scheme: null,
    },
    {
      name: 'a curve spelled out over a prime',
      suite: ECDHE_RSA,
      body: curve(1, 0),
      group: 'arbitrary_explicit_prime_curves',
      scheme: null,
    },
    {
      name: 'a curve spelled out over a binary field',
      suite: ECDHE_RSA,
      body: curve(2, 0),
      group: 'arbitrary_explicit_char2_curves',
      scheme: null,
    },
    { name: 'a prime with leading zeros', suite: DHE_RSA, body: DH, group: 'dh-1023', scheme: 0x0804 },
    {
      name: 'an export RSA key',
      suite: RSA_EXPORT,
      body: Buffer.concat([vector(2, Buffer.alloc(64, 0xff)), vector(2, Buffer.from([3]))]),
      group: null,
      scheme: null,
    },
    {
      name: 'a curve behind a PSK hint',
      suite: ECDHE_PSK,
      body: Buffer.concat([vector(2, Buffer.from('hint')), curve(3, 0x0017)]),
      group: 'secp256r1',
      scheme: null,
    },
  ])('reads $name', ({ suite, body, group, scheme }) => {
    const read = readServerKeyExchange(body, suiteOf(suite), 'TLSv1.2');
    expect(read && keyExchangeGroupName(read.parameters)).toBe(group);
    expect(read?.signatureScheme).toBe(scheme);
  });

  it('looks for no scheme before TLS 1.2', () => {
    expect(readServerKeyExchange(NAMED_CURVE, suiteOf(ECDHE_RSA), 'TLSv1.1')?.signatureScheme).toBeNull();
  });

  it('takes a key that comes with static RSA for what it is', () => {
    const body = Buffer.concat([vector(2, Buffer.alloc(64, 0x80)), vector(2, Buffer.from([3]))]);
    expect(readServerKeyExchange(body, suiteOf(STATIC_RSA), 'TLSv1')?.parameters).toMatchObject({
      kind: 'rsa',
      bits: 512,
    });
  });

  it('refuses a type of curve that there is not', () => {
    expect(() => readServerKeyExchange(curve(9, 0), suiteOf(ECDHE_RSA), 'TLSv1.2')).toThrow(
      'a curve of type 9',
    );
  });

  it.each([
    { name: 'a curve', suite: ECDHE_RSA, body: NAMED_CURVE },
    { name: 'a prime', suite: DHE_RSA, body: DH },
  ])('fails cleanly on prefixes and on garbage: $name', ({ suite, body }) => {
    // The signature is not read, so what is cut off there is not missed; one byte or two may be no scheme.
    const unsigned = body.length - SIGNATURE.length;
    const soundPrefixes = Array.from({ length: SIGNATURE.length }, (_, index) => unsigned + index);
    expectRobust(body, (bytes) => readServerKeyExchange(bytes, suiteOf(suite), 'TLSv1.2'), { soundPrefixes });
  });
});

describe('ServerKeyExchange of openssl', () => {
  it('measures a Diffie-Hellman prime that has no name', async () => {
    const port = await serveOpenssl({
      chain: await makeChain('rsa-2048'),
      args: ['-tls1_2', '-cipher', 'DHE-RSA-AES128-SHA:@SECLEVEL=0', '-dhparam', '@dh.pem'],
      files: { 'dh.pem': Buffer.from(DH_1024) },
    });
    const { handshake, answer } = await greet(port);
    expect(handshake.group).toBe('dh-1024');
    expect(answer).toMatchObject({ keyExchange: { parameters: { kind: 'dh', bits: 1024 } } });
  });
});

/** Group 2 of RFC 2409, section 6.2, with generator 2. */
const DH_1024 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;

function suiteOf(id: number): CipherSuite {
  const suite = CIPHER_SUITES.get(id);
  if (!suite) throw new Error(`no suite ${id}`);
  return suite;
}

function curve(type: number, group: number): Buffer {
  return Buffer.concat([Buffer.from([type]), uint16(group), vector(1, Buffer.alloc(65, 4))]);
}
