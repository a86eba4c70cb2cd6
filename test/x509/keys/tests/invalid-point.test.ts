import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { invalidPoint } from '../../../../src/x509/keys/tests/invalid-point.js';
import { encodeEcKey } from '../encode-ec-key.js';
import { readKey } from '../read-key.js';

const P256 = '1.2.840.10045.3.1.7';
const ecdh = createECDH('prime256v1');
const point = ecdh.generateKeys();
const run = (bytes: Uint8Array, curve = P256) => invalidPoint.run(readKey(encodeEcKey(curve, bytes)));

describe('invalidPoint', () => {
  it('accepts a point in each of its forms', () => {
    for (const form of ['compressed', 'uncompressed', 'hybrid'] as const)
      expect(run(ecdh.getPublicKey(null, form))).toBeNull();
  });

  it.each<[string, Uint8Array]>([
    ['one with a bit wrong', Buffer.concat([point.subarray(0, -1), Buffer.of((point.at(-1) ?? 0) ^ 1)])],
    ['zeros', Buffer.concat([Buffer.of(4), Buffer.alloc(64)])],
    ['the point at infinity', Buffer.alloc(1)],
    ['one of another curve', Buffer.concat([Buffer.of(4), Buffer.alloc(96, 1)])],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s', (_name, bytes) => {
    expect(run(bytes)?.text).toBe('is no point of its curve (secp256r1): no sound client accepts it');
  });

  it('says nothing of curves that it does not know', () => {
    expect(run(Buffer.alloc(41, 4), '1.3.132.0.8')).toBeNull();
  });
});
