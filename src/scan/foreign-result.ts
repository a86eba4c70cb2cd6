import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Failure } from '../model/failure.js';
import type { Handshake } from '../model/handshake.js';
import type { Judgement } from '../model/judgement.js';
import type { Outcome } from '../model/outcome.js';
import type { Posture } from '../model/posture.js';

/** What was negotiated, as far as it was told; an empty version: it was not. */
export type ToldHandshake = Omit<Handshake, 'presentedChain' | 'ocspResponse'>;

/** The presented chain, as far as it was told. */
export type ToldChain =
  /** In DER, in sent order; not whole: what the server sent besides these certificates was not told. */
  | { readonly kind: 'sent'; readonly ders: readonly Uint8Array[]; readonly isWhole: boolean }
  /** By SHA-256, hex, in sent order; of the leaf what was told of it. */
  | {
      readonly kind: 'told';
      readonly fingerprints: readonly string[];
      readonly leaf: Certificate | null;
    };

/** What another tool tells of one endpoint. What it does not tell is null or absent. */
export interface ForeignResult {
  readonly endpoint: Endpoint;
  /** UTC ISO-8601; null: it does not say when. */
  readonly observedAt: string | null;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  readonly handshake: ToldHandshake | null;
  readonly chain: ToldChain | null;
  readonly greeting?: string;
  readonly plaintextAfterGoAhead?: string;
  readonly posture?: Posture;
  /** The verdict of certsweep itself, which is kept; absent: there is none, or one of a tool that judges otherwise. */
  readonly judgement?: Judgement;
}

/** The result of an endpoint that presented a chain; `told` is all that is known besides. */
export function makeTlsResult(
  endpoint: Endpoint,
  chain: ToldChain,
  told: { readonly observedAt: string | null; readonly handshake?: Partial<ToldHandshake> },
): ForeignResult {
  const handshake = { version: '', cipherSuite: null, group: null, compression: null, ...told.handshake };
  return { endpoint, observedAt: told.observedAt, outcome: 'tls', failure: null, handshake, chain };
}
