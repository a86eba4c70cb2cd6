import type { SubjectPublicKey } from '../parsed-certificate.js';
import type { KeyList } from './key-list.js';
import type { KeyFault, KeyTest } from './key-test.js';
import { readRsaNumbers } from './rsa-numbers.js';
import * as tests from './tests/index.js';

const TESTS: readonly KeyTest[] = Object.values(tests);

/** What is said of a key without faults: nearly all of them, so that remembering them costs little. */
const NONE: readonly KeyFault[] = [];

/** Runs every test on a key; `lists` are lists of weak keys besides those that are built in. */
export function findKeyFaults(
  publicKey: SubjectPublicKey,
  lists: readonly KeyList[] = [],
): readonly KeyFault[] {
  const key = { publicKey, rsa: readRsaNumbers(publicKey), lists };
  const faults: KeyFault[] = [];
  for (const test of TESTS) {
    const fault = test.run(key);
    if (fault !== null) faults.push(fault);
  }
  return faults.length === 0 ? NONE : faults;
}
