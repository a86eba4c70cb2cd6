import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBIAN_KEY_BITS, debianKeyList } from '../../../src/x509/keys/debian-key-list.js';
import WEAK_KEYS from '../../fixtures/weak-keys.json' with { type: 'json' };

/** 32,768 process ids, three kinds of machines, three states of the seed file. */
const KEYS_OF_A_SIZE = 32_768 * 3 * 3;

describe('debianKeyList', () => {
  it.each(DEBIAN_KEY_BITS)('is complete for %s bits', (bits) => {
    expect(debianKeyList(bits)?.size).toBe(KEYS_OF_A_SIZE);
    expect(debianKeyList(bits)).toBe(debianKeyList(bits));
  });

  it.each(WEAK_KEYS.debian)('holds the known key of $bits bits', ({ bits, digest }) => {
    expect(debianKeyList(bits)?.has(Buffer.from(digest, 'hex'))).toBe(true);
  });

  it('holds no unrelated key', () => {
    const digests = Array.from({ length: 20_000 }, (_, i) => createHash('sha1').update(`${i}`).digest());
    for (const bits of DEBIAN_KEY_BITS)
      expect(digests.filter((digest) => debianKeyList(bits)?.has(digest))).toEqual([]);
  });

  it('has no list for other sizes', () => {
    expect(debianKeyList(4096)).toBeNull();
    expect(debianKeyList(2047)).toBeNull();
  });

  it.each([
    [512, '43f6d0e7e4ca1643e98102d1589d32f945a22da54538761afc92aac084edcec8'],
    [1024, 'cb138c79b9b699f20cd8772f56aa160a0141a4b47387c6f3a8c6f052a8d4a1eb'],
    [2048, 'd28487babfd1cb682beeaf1af87773ffc74fbdc39f92b3469e729a5f35f892f2'],
  ])('has its file of %s bits unchanged', (bits, sha256) => {
    const file = path.join(import.meta.dirname, `../../../src/x509/keys/data/debian-rsa-${bits}.bin`);
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
  });
});
