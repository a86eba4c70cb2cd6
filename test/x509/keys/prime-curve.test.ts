import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOnCurve, listMultiples, primeCurve, readPoint } from '../../../src/x509/keys/prime-curve.js';

describe.each([
  ['secp256r1', 'prime256v1'],
  ['secp384r1', 'secp384r1'],
  ['secp521r1', 'secp521r1'],
  ['secp256k1', 'secp256k1'],
])('%s', (name, opensslName) => {
  const curve = primeCurve(name);
  if (curve === null) throw new Error(`no curve ${name}`);
  const publicKeyOf = (
    privateKey: number,
    form: 'compressed' | 'uncompressed' | 'hybrid' = 'uncompressed',
  ) => {
    const ecdh = createECDH(opensslName);
    ecdh.setPrivateKey(Buffer.from([privateKey]));
    return ecdh.getPublicKey(null, form);
  };

  it('counts up as OpenSSL does', () => {
    const expected = Array.from({ length: 20 }, (_, i) => readPoint(publicKeyOf(i + 1), curve)?.x);
    expect(listMultiples(curve, 20)).toEqual(expected);
  });

  it('has points of every form on it', () => {
    const point = readPoint(publicKeyOf(5), curve);
    const y = point?.y ?? 0n;
    const x = point?.x ?? 0n;
    expect(isOnCurve({ x, y }, curve)).toBe(true);
    expect(isOnCurve({ x, y: curve.p - y }, curve)).toBe(true);
    expect(readPoint(publicKeyOf(5, 'hybrid'), curve)).toEqual(point);
    expect(readPoint(publicKeyOf(5, 'compressed'), curve)).toEqual({ x, y: null });
  });

  it('does not have others', () => {
    const { x, y } = curve.generator;
    expect(isOnCurve({ x, y: y + 1n }, curve)).toBe(false);
    expect(isOnCurve({ x: x + curve.p, y }, curve)).toBe(false);
    expect(isOnCurve({ x: 0n, y: 0n }, curve)).toBe(false);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['the point at infinity', Buffer.alloc(1)],
    ['a point that is cut', publicKeyOf(3).subarray(0, -1)],
    ['a point of another form', Buffer.concat([Buffer.of(5), publicKeyOf(3).subarray(1)])],
  ])('reads no point from %s', (_name, bytes) => {
    expect(readPoint(bytes, curve)).toBeNull();
  });
});

it('knows no other curves', () => {
  expect(primeCurve('secp160r1')).toBeNull();
  expect(primeCurve('explicit')).toBeNull();
});
