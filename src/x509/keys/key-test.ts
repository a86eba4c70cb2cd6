import type { Severity } from '../../model/finding.js';
import type { SubjectPublicKey } from '../parsed-certificate.js';
import type { KeyList } from './key-list.js';
import type { RsaNumbers } from './rsa-numbers.js';

/** A key, and what it is tested against. */
export interface TestedKey {
  readonly publicKey: SubjectPublicKey;
  /** Null: no RSA key, or one too long to be worked on. */
  readonly rsa: RsaNumbers | null;
  /** Lists of weak keys besides those that are built in. */
  readonly lists: readonly KeyList[];
}

/** Names of the findings that tests of keys lead to. */
export type KeyFaultId =
  | 'close-primes-key'
  | 'debian-weak-key'
  | 'roca-key'
  | 'small-factor-key'
  | 'weak-ec-key'
  | 'weak-rsa-exponent';

/** What a test says about a key. */
export interface KeyFault {
  readonly id: KeyFaultId;
  /** Completes "the key of … "; lower case, no full stop. It never tells a private number. */
  readonly text: string;
  readonly severity: Severity;
}

/**
 * One test of public keys. A fault is proven by the key alone: a test that could be wrong about a sound key by more than
 * a negligible chance has no place here.
 */
export interface KeyTest {
  /** What the manual calls it. */
  readonly title: string;
  /** Where the weakness and the test are described. */
  readonly citation: string;
  /** Returns what is wrong; null: nothing, or the test is not for such keys. */
  run(key: TestedKey): KeyFault | null;
}
