import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { explicitCurve } from '../../../../src/x509/keys/tests/explicit-curve.js';
import { readKey } from '../read-key.js';

describe('explicitCurve', () => {
  it.each(['explicit', 'named'] as const)('looks at a key with %s parameters', (paramEncoding) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding });
    const fault = explicitCurve.run(readKey(publicKey));
    expect(fault?.id).toBe(paramEncoding === 'explicit' ? 'weak-ec-key' : undefined);
  });
});
