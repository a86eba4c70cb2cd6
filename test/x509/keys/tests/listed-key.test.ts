import { describe, expect, it } from 'vitest';
import { parseKeyList } from '../../../../src/x509/keys/parse-key-list.js';
import { listedKey } from '../../../../src/x509/keys/tests/listed-key.js';
import WEAK_KEYS from '../../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from '../read-key.js';
import { SOUND_KEYS } from '../sound-keys.js';

describe('listedKey', () => {
  it.each(WEAK_KEYS.debian)('finds a key of $bits bits that Debian made', ({ n }) => {
    expect(listedKey.run(readRsaKey(BigInt(`0x${n}`)))?.text).toMatch(/Debian systems made/);
  });

  it('finds it whatever its exponent', () => {
    const modulus = BigInt(`0x${WEAK_KEYS.debian[0]?.n}`);
    expect(listedKey.run(readRsaKey(modulus, 3n))?.id).toBe('debian-weak-key');
  });

  it('finds a key of any size on a list of the user, and names the list', () => {
    const [{ n = '' } = {}] = WEAK_KEYS.smallFactor;
    // printf 'Modulus=%s\n' DB83BA3D… | sha1sum
    const list = parseKeyList('772c1e3be95d23537330', 'own.txt');
    expect(listedKey.run(readRsaKey(BigInt(`0x${n}`), 65_537n, [list]))?.text).toContain('own.txt');
    expect(listedKey.run(readRsaKey(BigInt(`0x${n}`)))).toBeNull();
  });

  it('passes over keys that are not RSA', () => {
    const lists = [parseKeyList('00000000000000000000', 'own.txt')];
    for (const [, key] of SOUND_KEYS) expect(listedKey.run({ ...key, lists })).toBeNull();
  });
});
