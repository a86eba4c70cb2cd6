import type { Database } from 'better-sqlite3';
import { pruneJudgements } from './replace-judgements.js';

/**
 * Removes the facts that no observation refers to any more, in the transaction that is open and on a connection that does
 * not prove references. Certificates that never were in a chain came from elsewhere, such as a disk, and stay; so does what
 * CAs said of those that go. Leaves in `old_certificate` the numbers, and in `old_digest` the SHA-256, of these.
 */
export function removeUnusedFacts(database: Database): void {
  database.exec(FACTS);
  pruneJudgements(database);
}

const FACTS = `
  delete from outcome where id not in (select outcome_id from observation union select outcome_id from bare_observation);
  delete from plain_talk where id not in (select plain_talk_id from observation where plain_talk_id is not null);
  delete from handshake where id not in (select handshake_id from observation where handshake_id is not null);
  delete from stapled_response where id not in (
    select stapled_response_id from observation where stapled_response_id is not null);
  create temporary table old_posture as select id from posture where id not in (
    select posture_id from observation where posture_id is not null);
  delete from posture_chain where posture_id in (select id from old_posture);
  delete from posture where id in (select id from old_posture);
  delete from endpoint_chain where not exists (
    select 1 from observation where observation.endpoint_id = endpoint_chain.endpoint_id and (
      observation.chain_id = endpoint_chain.chain_id or exists (
        select 1 from posture_chain where posture_chain.posture_id = observation.posture_id
          and posture_chain.chain_id = endpoint_chain.chain_id)));
  create temporary table old_chain as select id from chain where id not in (
    select chain_id from observation where chain_id is not null union select chain_id from posture_chain);
  create temporary table old_certificate as
    select distinct certificate_id as id from chain_certificate where chain_id in (select id from old_chain);
  delete from chain_certificate where chain_id in (select id from old_chain);
  delete from chain where id in (select id from old_chain);
  delete from old_certificate where id in (select certificate_id from chain_certificate);
  create temporary table old_digest as
    select sha256 from certificate where id in (select id from old_certificate);
  delete from certificate_finding where certificate_id in (select id from old_certificate);
  delete from certificate where id in (select id from old_certificate);`;
