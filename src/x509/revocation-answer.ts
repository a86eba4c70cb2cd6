import type { RevocationReason } from '../model/revocation.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/** Whose revocation is asked for, and for when. */
export interface RevocationQuestion {
  readonly certificate: ParsedCertificate;
  /** Must have signed the certificate: answers are verified with its key. */
  readonly issuer: ParsedCertificate;
  /** Milliseconds since 1970, UTC: the moment at which the answer must be fresh. */
  readonly now: number;
}

/** When an answer was made, and until when it counts. Milliseconds since 1970, UTC. */
export interface AnswerWindow {
  readonly thisUpdate: number;
  /** Null: the answer does not say. */
  readonly nextUpdate: number | null;
}

/** Why an answer does not count. */
export type AnswerFault =
  /** It is no such message, or breaks off. */
  | 'malformed'
  /** The responder answers that it cannot or will not answer. */
  | 'responder-error'
  /** Its signature does not verify, or is by somebody without the right to answer. */
  | 'wrong-signer'
  /** It is about other certificates. */
  | 'wrong-certificate'
  | 'expired'
  | 'not-yet-valid'
  /** None came. */
  | 'no-answer'
  /** It has a form or an extension that must be heeded and cannot be. */
  | 'unsupported';

/** What an OCSP response or a revocation list says of one certificate, or why it says nothing that counts. */
export type RevocationAnswer =
  | ({ readonly status: 'good' | 'unknown' } & AnswerWindow)
  | ({
      readonly status: 'revoked';
      /** Null when the time cannot be read. */
      readonly at: number | null;
      /** Null: none was given. */
      readonly reason: RevocationReason | null;
    } & AnswerWindow)
  | {
      readonly status: 'error';
      readonly fault: AnswerFault;
      /** A sentence about the answer, without naming it; lower case, no full stop. */
      readonly why: string;
    };

/** An answer that does not count. */
export function faultyAnswer(fault: AnswerFault, why: string): RevocationAnswer & { status: 'error' } {
  return { status: 'error', fault, why };
}
