import { findKeyFaults } from '../x509/keys/find-key-faults.js';
import type { KeyList } from '../x509/keys/key-list.js';
import type { KeyFault } from '../x509/keys/key-test.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { createMemo } from './memo.js';

/** Some fifty thousand keys: those of CAs, and the servers' met lately. */
const CAPACITY_BYTES = 16 * 1024 * 1024;
/** What a remembered key costs: its digest as text, and an entry of a map. */
const OVERHEAD_BYTES = 320;

/**
 * Makes a function that tests the key of a certificate, each distinct key once: the tests of an RSA key cost more than
 * the rest of judging its certificate, and one key is often in many certificates.
 */
export function createKeyTester(
  lists: readonly KeyList[],
): (certificate: ParsedCertificate) => readonly KeyFault[] {
  const memo = createMemo<readonly KeyFault[]>(CAPACITY_BYTES);
  return ({ facts, publicKey }) => {
    const known = memo.get(facts.spkiSha256);
    if (known !== undefined) return known;
    const faults = findKeyFaults(publicKey, lists);
    memo.set(facts.spkiSha256, faults, OVERHEAD_BYTES * (1 + faults.length));
    return faults;
  };
}
