import type { KeyTest } from '../key-test.js';

/**
 * The key brings a curve of its own instead of naming one. A curve whose generator was chosen to fit makes any key its
 * maker's (CVE-2020-0601), and nobody can tell by looking.
 */
export const explicitCurve: KeyTest = {
  title: 'Parameters of a curve in place of its name',
  citation: 'RFC 5480, section 2.1.1; CVE-2020-0601',
  run({ publicKey }) {
    if (publicKey.type !== 'EC' || publicKey.curve !== 'explicit') return null;
    const text = 'brings the parameters of its curve instead of naming a known one, which browsers refuse';
    return { id: 'weak-ec-key', text, severity: 'medium' };
  },
};
