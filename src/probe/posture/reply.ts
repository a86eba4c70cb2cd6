import type { ProbeFailure } from '../probe-failure.js';

/** What became of one question. */
export type Reply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The server said no: by an alert, by its name, or (null) by hanging up. */
  | { readonly kind: 'refusal'; readonly alert: string | null; readonly detail: string }
  /** Nobody said anything that can be held against the server: time, the network, or bytes out of place. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Reads a failure as a reply: only what the server said, or how it hung up, in the handshake is a no. */
export function readReply({ outcome, stage, code, message }: ProbeFailure): Reply<never> {
  if (stage === 'handshake' && outcome === 'alert') return { kind: 'refusal', alert: code, detail: message };
  if (stage === 'handshake' && (outcome === 'closed' || outcome === 'reset')) {
    return { kind: 'refusal', alert: null, detail: message };
  }
  return { kind: 'unknown', reason: message };
}
