import type { Failure } from '../model/failure.js';
import type { ObservationSource } from './observation-source.js';

/** Joins observations with what both their records and those who judge them again ask for. */
export function selectObservationFacts(source: ObservationSource) {
  return (
    source
      .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
      .innerJoin('outcome', 'outcome.id', 'observation.outcome_id')
      .innerJoin('judgement', 'judgement.id', 'observation.judgement_id')
      .leftJoin('plain_talk', 'plain_talk.id', 'observation.plain_talk_id')
      .leftJoin('posture', 'posture.id', 'observation.posture_id')
      .leftJoin('handshake', 'handshake.id', 'observation.handshake_id')
      // By names of their own, as `current` has the same columns and two queries in one are ordered by names.
      .select(['endpoint.address as address', 'endpoint.port as port', 'endpoint.protocol as protocol'])
      .select(['endpoint.server_name as server_name', 'endpoint.host as host'])
      .select(['observation.observed_at as observed_at', 'observation.chain_id as chain_id'])
      .select(['outcome.name as outcome', 'outcome.stage', 'outcome.code', 'outcome.detail'])
      .select(['plain_talk.greeting', 'plain_talk.after_go_ahead'])
      .select(['handshake.version', 'handshake.cipher_suite', 'handshake.key_exchange_group'])
      .select(['handshake.compression', 'posture.content as posture'])
  );
}

/** Why an observation came to its outcome; null: there is nothing to explain. */
export function readFailure({
  code,
  detail,
  stage,
}: {
  readonly [Column in keyof Failure]: Failure[Column] | null;
}): Failure | null {
  return stage === null || code === null ? null : { stage, code, detail: detail ?? '' };
}
