import Database from 'better-sqlite3';
import { decodeBareEntries } from '../../src/store/bare-entry.js';
import { addBareFunctions } from '../../src/store/bare-functions.js';
import { dumpCurrentEndpoints } from './dump-current-endpoints.js';

const JUDGEMENT = `json_array(judgement.status, judgement.grade, judgement.path_status, judgement.trust_stores,
  hex(judgement.fingerprints), judgement.path_length, judgement.path_reason, judgement.stapled_ocsp,
  (select content from grading where grading.id = judgement.grading_id),
  (select content from revocation_report where revocation_report.id = judgement.revocation_report_id))`;

/** Facts by their natural keys, without numbers of rows. */
const QUERIES: Readonly<Record<string, string>> = {
  run: 'select uuid, definition, started_at, ended_at, state, plan_size, counts, is_provisional from scan_run',
  progress: `select uuid, plan_digest, done_before, hex(done_beyond) as beyond, extra
    from run_progress inner join scan_run on scan_run.id = run_id`,
  selection: `select uuid, hex(first) as first, hex(without) as without
    from plan_selection inner join scan_run on scan_run.id = run_id`,
  outcome: 'select hex(content_hash) as hash, name, stage, code, detail from outcome',
  plainTalk: 'select hex(content_hash) as hash, greeting, after_go_ahead from plain_talk',
  handshake: `select hex(content_hash) as hash, version, cipher_suite, key_exchange_group, compression from handshake`,
  response: 'select hex(sha256) as hash, hex(der) as der from stapled_response',
  certificate: `select hex(sha256) as hash, common_name, subject, issuer, subject_alt_names, serial_number, not_before,
    not_after, key_type, key_bits, signature_algorithm, validation, hex(spki_sha256) as spki, hex(der) as der
    from certificate`,
  chain: `select hex(chain.content_hash) as hash, position, hex(sha256) as certificate from chain
    left join chain_certificate on chain_id = chain.id left join certificate on certificate.id = certificate_id`,
  posture: `select hex(posture.content_hash) as hash, content, hex(chain.content_hash) as chain from posture
    left join posture_chain on posture_id = posture.id left join chain on chain.id = chain_id`,
  judgement: `select hex(judgement.content_hash) as hash, ${JUDGEMENT} as content, position, rule.name, rule.severity,
    rule.advice, rule.citation, subject, message, waiver.owner, waiver.reason, waiver.until
    from judgement left join judgement_finding as found on judgement_id = judgement.id
    left join finding_rule as rule on rule.id = rule_id left join waiver on waiver.id = waiver_id`,
  found: `select hex(sha256) as certificate, found.name, severity, message, advice, citation, waiver.owner
    from certificate_finding as found inner join certificate on certificate.id = certificate_id
    left join waiver on waiver.id = waiver_id`,
  comparison:
    'select hex(content_hash) as hash, hex(keys) as keys, hex(sharing) as sharing from key_comparison',
  answer: `select hex(certificate_sha256) as certificate, source, status, revoked_at, reason, valid_until
    from revocation_answer`,
  annotation: 'select subject, field, name, value, changed_at from annotation',
  report: 'select name, definition, changed_at from saved_report',
  presented: `select hex(chain.content_hash) as chain, hex(address) as address, port, protocol, server_name, host
    from endpoint_chain inner join chain on chain.id = chain_id inner join endpoint on endpoint.id = endpoint_id`,
};

const OBSERVATIONS = `select hex(address) as address, port, protocol, server_name, host, uuid, observed_at,
    planned_protocol, hex(outcome.content_hash) as outcome, hex(talk.content_hash) as talk,
    hex(handshake.content_hash) as handshake, hex(response.sha256) as response, hex(chain.content_hash) as chain,
    hex(posture.content_hash) as posture, hex(judgement.content_hash) as judgement, regraded_at
  from observation inner join endpoint on endpoint.id = endpoint_id inner join scan_run on scan_run.id = run_id
  inner join outcome on outcome.id = outcome_id inner join judgement on judgement.id = judgement_id
  left join plain_talk as talk on talk.id = plain_talk_id left join handshake on handshake.id = handshake_id
  left join stapled_response as response on response.id = stapled_response_id
  left join chain on chain.id = chain_id left join posture on posture.id = posture_id`;

const PACKED = `select block, port, protocol, uuid, started_at, hex(outcome.content_hash) as outcome,
    hex(judgement.content_hash) as judgement, entries
  from bare_observation inner join scan_run on scan_run.id = run_id inner join outcome on outcome.id = outcome_id
  inner join judgement on judgement.id = judgement_id`;

interface PackedRow {
  readonly block: Buffer;
  readonly port: number;
  readonly protocol: string;
  readonly uuid: string;
  readonly started_at: number;
  readonly outcome: string;
  readonly judgement: string;
  readonly entries: Buffer;
}

/** All that an inventory holds, by natural keys and in one order, whether packed or not, with the view that follows from it. */
export function dumpInventory(path: string): Record<string, unknown[]> {
  const database = new Database(path, { readonly: true });
  try {
    addBareFunctions(database);
    const dump: Record<string, unknown[]> = {};
    for (const [name, query] of Object.entries(QUERIES)) dump[name] = sort(database.prepare(query).all());
    const packed = database.prepare<[], PackedRow>(PACKED).all().flatMap(unpack);
    dump.observation = sort([...database.prepare(OBSERVATIONS).all(), ...packed]);
    // Endpoints that never presented a certificate may be packed instead, and then have no row.
    dump.current = dumpCurrentEndpoints(path).filter((row) => JSON.stringify(row).includes('"state":"'));
    return dump;
  } finally {
    database.close();
  }
}

function unpack({
  block,
  entries,
  judgement,
  outcome,
  port,
  protocol,
  started_at,
  uuid,
}: PackedRow): unknown[] {
  return decodeBareEntries(entries, started_at).map(({ last, observedAt }) => {
    const length = block.length <= 4 ? 4 : 16;
    const address = Buffer.alloc(length);
    address.set(block);
    address[length - 1] = last;
    return {
      address: address.toString('hex').toUpperCase(),
      port,
      protocol,
      server_name: '',
      host: '',
      uuid,
      observed_at: observedAt,
      planned_protocol: null,
      outcome,
      talk: '',
      handshake: '',
      response: '',
      chain: '',
      posture: '',
      judgement,
      regraded_at: null,
    };
  });
}

function sort(rows: readonly unknown[]): unknown[] {
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .map((text) => JSON.parse(text));
}
