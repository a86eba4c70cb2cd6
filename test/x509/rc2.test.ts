import { describe, expect, it } from 'vitest';
import { DerError } from '../../src/x509/der-error.js';
import { decryptRc2 } from '../../src/x509/rc2.js';

const PADDING = Buffer.alloc(8, 8);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((octet, at) => octet ^ (b[at] ?? 0)));

describe('decryptRc2', () => {
  // RFC 2268, section 5: those of its vectors whose effective length is that of the key.
  it.each([
    ['ffffffff ffffffff', 'ffffffff ffffffff', '278b27e4 2e2f0d49'],
    ['30000000 00000000', '10000000 00000001', '30649edf 9be7d2c2'],
    ['88bca90e 90875a7f 0f79c384 627bafb2', '00000000 00000000', '2269552a b0f85ca6'],
  ])('knows the block of key %s', (key, plain, cipher) => {
    // With this vector the block decrypts to nothing but padding.
    expect(decryptRc2(hex(key), xor(hex(plain), PADDING), hex(cipher))).toHaveLength(0);
  });

  it('refuses wrong padding and parts of blocks', () => {
    const key = hex('ffffffff ffffffff');
    expect(() => decryptRc2(key, Buffer.alloc(8), hex('278b27e4 2e2f0d49'))).toThrow(DerError);
    expect(() => decryptRc2(key, Buffer.alloc(8), Buffer.alloc(7))).toThrow('no whole number of blocks');
    expect(() => decryptRc2(key, Buffer.alloc(8), Buffer.alloc(0))).toThrow(DerError);
  });
});
