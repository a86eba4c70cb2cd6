/** The step of a probe at which it failed. */
export type Stage = 'resolve' | 'connect' | 'starttls' | 'handshake' | 'judge';

/** Why a probe did not end in a handshake. */
export interface Failure {
  readonly stage: Stage;
  /** A short stable code: an errno name, a TLS alert's name, or a word of ours in kebab case. */
  readonly code: string;
  /** One sentence for people, with what the peer said where it said something. */
  readonly detail: string;
}
