import type { Certificate } from './certificate.js';
import type { Endpoint } from './endpoint.js';
import type { Failure } from './failure.js';
import type { Finding } from './finding.js';
import type { Grades } from './grades.js';
import type { Judgement, Status } from './judgement.js';
import type { Observation } from './observation.js';
import type { Outcome } from './outcome.js';
import type { Path } from './path.js';
import type { Posture } from './posture.js';

/** One observation and its judgement, as JSON: what `scan --ndjson` and `export --format ndjson` write. */
export interface ObservationRecord {
  readonly run: string;
  readonly observedAt: string;
  readonly endpoint: Endpoint;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  /** What the server said first in plain text; null: nothing. */
  readonly greeting: string | null;
  /** What the server said in plain text where TLS should have begun; null: nothing. */
  readonly plaintextAfterGoAhead: string | null;
  readonly handshake: {
    readonly version: string;
    readonly cipherSuite: string | null;
    readonly group: string | null;
    readonly compression: string | null;
    readonly presentedChain: readonly string[];
    /** `good`, `revoked`, `unknown`, or `invalid: ` and why; null: none was stapled. */
    readonly stapledOcsp: string | null;
  } | null;
  readonly certificate: Certificate | null;
  readonly path: Path;
  /** How the server is set up; null: it was not asked. */
  readonly posture: Posture | null;
  readonly findings: readonly Finding[];
  readonly status: Status;
  readonly grade: string | null;
  /** What the grade comes from; null: nothing was graded. */
  readonly grades: Grades | null;
}

/** Joins an observation and its judgement into the record that is written and stored. */
export function toObservationRecord(observation: Observation, judgement: Judgement): ObservationRecord {
  const { handshake } = observation;
  return {
    run: observation.run,
    observedAt: observation.observedAt,
    endpoint: observation.endpoint,
    outcome: observation.outcome,
    failure: observation.failure,
    greeting: observation.greeting ?? null,
    plaintextAfterGoAhead: observation.plaintextAfterGoAhead ?? null,
    handshake: handshake && {
      version: handshake.version,
      cipherSuite: handshake.cipherSuite,
      group: handshake.group,
      compression: handshake.compression,
      presentedChain: judgement.presented.map((certificate) => certificate.fingerprintSha256),
      stapledOcsp: judgement.stapledOcsp ?? null,
    },
    certificate: judgement.presented[0] ?? null,
    path: judgement.path,
    posture: observation.posture ?? null,
    findings: judgement.findings,
    status: judgement.status,
    grade: judgement.grade,
    grades: judgement.grades ?? null,
  };
}
