import {
  createDiffieHellmanGroup,
  createECDH,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canShare, clientKeyShare, sharedSecret } from '../../../src/probe/hello/key-share.js';

const CURVES = [
  { group: 0x0017, name: 'prime256v1' },
  { group: 0x0018, name: 'secp384r1' },
  { group: 0x0019, name: 'secp521r1' },
  { group: 0x001f, name: 'brainpoolP256r1' },
  { group: 0x0020, name: 'brainpoolP384r1' },
  { group: 0x0021, name: 'brainpoolP512r1' },
];
/** With what stands before the raw key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const MONTGOMERY = [
  {
    group: 0x001d,
    name: 'x25519',
    makeKeys: () => generateKeyPairSync('x25519'),
    prefix: Buffer.from('302a300506032b656e032100', 'hex'),
  },
  {
    group: 0x001e,
    name: 'x448',
    makeKeys: () => generateKeyPairSync('x448'),
    prefix: Buffer.from('3042300506032b656f033900', 'hex'),
  },
];

describe('sharedSecret', () => {
  it.each(CURVES)('is what the other side computes on $name', ({ group, name }) => {
    const server = createECDH(name);
    const share = server.generateKeys();
    expect(sharedSecret(group, share)).toEqual(server.computeSecret(shareOf(group)));
  });

  it.each(MONTGOMERY)('is what the other side computes on $name', ({ group, makeKeys, prefix }) => {
    const { publicKey, privateKey } = makeKeys();
    const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(prefix.length);
    const ours = createPublicKey({
      key: Buffer.concat([prefix, shareOf(group)]),
      format: 'der',
      type: 'spki',
    });
    expect(sharedSecret(group, share)).toEqual(diffieHellman({ privateKey, publicKey: ours }));
  });

  it('is what the other side computes over a prime whose generator is 2', () => {
    const server = createDiffieHellmanGroup('modp14');
    const share = leftPad(server.generateKeys(), 256);
    expect(sharedSecret(0x0100, share)).toEqual(leftPad(server.computeSecret(shareOf(0x0100)), 256));
  });

  it.each([
    { name: 'too short', group: 0x001d, share: Buffer.alloc(31) },
    { name: 'too long', group: 0x001d, share: Buffer.alloc(33) },
    { name: 'empty', group: 0x0017, share: Buffer.alloc(0) },
    { name: 'a compressed point', group: 0x0017, share: Buffer.alloc(65, 2) },
    { name: 'half of a hybrid', group: 0x11ec, share: Buffer.alloc(1088) },
    { name: 'of a group that nobody knows', group: 0x1234, share: Buffer.alloc(32) },
  ])('refuses a share that is $name', ({ group, share }) => {
    expect(sharedSecret(group, share)).toBeNull();
  });
});

describe('clientKeyShare', () => {
  it.each([
    { group: 0x001d, bytes: 32 },
    { group: 0x0104, bytes: 1024 },
    { group: 0x0201, bytes: 1184 },
    { group: 0x11eb, bytes: 1249 },
    { group: 0x11ec, bytes: 1216 },
    { group: 0x11ed, bytes: 1665 },
  ])('is $bytes bytes long for group $group', ({ group, bytes }) => {
    expect(clientKeyShare(group)?.length).toBe(bytes);
    expect(canShare(group)).toBe(true);
  });

  it('is none for groups that TLS 1.3 does not have', () => {
    expect(clientKeyShare(0x0013)).toBeNull();
    expect(canShare(0x0013)).toBe(false);
  });
});

function shareOf(group: number): Buffer {
  return clientKeyShare(group) ?? Buffer.alloc(0);
}

function leftPad(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}
