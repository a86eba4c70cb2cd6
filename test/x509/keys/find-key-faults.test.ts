import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKeyFaults } from '../../../src/x509/keys/find-key-faults.js';
import type { KeyTest } from '../../../src/x509/keys/key-test.js';
import * as tests from '../../../src/x509/keys/tests/index.js';
import WEAK_KEYS from '../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from './read-key.js';
import { SOUND_KEYS } from './sound-keys.js';

const ROOT = path.join(import.meta.dirname, '../../..');
const REGISTRY = Object.values<KeyTest>(tests);

describe('findKeyFaults', () => {
  it.each(SOUND_KEYS)('finds nothing wrong with a sound key: %s', (_name, { publicKey }) => {
    expect(findKeyFaults(publicKey)).toEqual([]);
  });

  it('tells every fault of a key', () => {
    const [weak] = WEAK_KEYS.roca;
    const { publicKey } = readRsaKey(BigInt(`0x${weak?.n}`) * 3n);
    expect(findKeyFaults(publicKey).map(({ id }) => id)).toContain('small-factor-key');
  });

  it('withstands numbers of any kind', () => {
    const number = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 600n }));
    fc.assert(
      fc.property(number, number, (modulus, exponent) => {
        for (const { text } of findKeyFaults(readRsaKey(modulus, exponent).publicKey))
          expect(text).toMatch(/^[a-z].*[^.]$/);
      }),
    );
  });

  it('does not work on a modulus that is longer than any program takes', () => {
    expect(readRsaKey(2n ** 16_384n).rsa).toBeNull();
    expect(findKeyFaults(readRsaKey(2n ** 200_000n).publicKey)).toEqual([]);
  });
});

describe('the registry of tests', () => {
  it('holds every file of the folder', () => {
    const files = readdirSync(path.join(ROOT, 'src/x509/keys/tests')).filter((name) => name !== 'index.ts');
    expect(REGISTRY).toHaveLength(files.length);
  });

  it.each(REGISTRY)('"$title" cites its source and is in the manual', ({ title, citation }) => {
    expect(citation).toMatch(/\b(RFC|BR|FIPS|SEC|CVE-\d{4}|SP 800)\b/);
    expect(readFileSync(path.join(ROOT, 'docs/weak-keys.md'), 'utf8')).toContain(title);
  });
});
