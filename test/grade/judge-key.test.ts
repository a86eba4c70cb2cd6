import { describe, expect, it } from 'vitest';
import { judgeKey } from '../../src/grade/judge-key.js';
import { createKeyTester } from '../../src/grade/key-tester.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { readDer } from '../../src/x509/der.js';
import { readPublicKey } from '../../src/x509/public-key.js';
import { type KeyKind, makeKey } from '../fixtures/make-key.js';

describe('judgeKey', () => {
  it.each<[KeyKind, readonly string[]]>([
    ['rsa-1024', ['weak-rsa-key']],
    ['ec-p192', ['weak-ec-key']],
    ['dsa-2048', ['dsa-key']],
    ['rsa-2048-exponent-3', ['weak-rsa-exponent']],
    ['ec-p256', []],
    ['rsa-2048', []],
    ['ed25519', []],
  ])('judges %s as in a presented chain', async (kind, expected) => {
    const { publicKey } = await makeKey(kind, 'judge-key');
    const key = readPublicKey(readDer(publicKey.export({ type: 'spki', format: 'der' })));
    const findings = judgeKey(
      { publicKey: key, owner: 'the request', subject: 'ab' },
      DEFAULT_POLICY,
      createKeyTester([]),
    );
    expect(findings.map(({ id }) => id)).toEqual(expected);
    for (const { message, subject } of findings) {
      expect(message).toContain('the request');
      expect(subject).toBe('ab');
    }
  });
});
