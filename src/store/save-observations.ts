import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Handshake } from '../model/handshake.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import { toObservationRecord } from '../model/observation-record.js';
import { CERTIFICATE_FACTS, toCertificateRow } from './certificate-row.js';
import { toEndpointRow } from './endpoint-row.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { encodeHex } from './hex.js';
import { InventoryError } from './inventory-error.js';
import { prepareSaveJudgement } from './save-judgement.js';
import { sha256 } from './sha256.js';

/** One observation with its judgement. */
export interface JudgedObservation {
  readonly observation: Observation;
  readonly judgement: Judgement;
}

/** Saves a batch whole or, when it throws, not at all. */
export type SaveObservations = (batch: readonly JudgedObservation[]) => void;

/** Prepares all statements that saving needs, once for a connection. */
export function prepareSaveObservations(database: Database): SaveObservations {
  const findRun = database.prepare<[string], number>('select id from scan_run where uuid = ?').pluck();
  const endpoints = prepareFindOrInsert(
    database,
    'endpoint',
    ['address', 'port', 'protocol', 'server_name', 'host'],
    [],
  );
  const outcomes = prepareFindOrInsert(
    database,
    'outcome',
    ['content_hash'],
    ['name', 'stage', 'code', 'detail'],
  );
  const plainTalks = prepareFindOrInsert(
    database,
    'plain_talk',
    ['content_hash'],
    ['greeting', 'after_go_ahead'],
  );
  const handshakes = prepareFindOrInsert(
    database,
    'handshake',
    ['content_hash'],
    ['version', 'cipher_suite', 'key_exchange_group', 'compression'],
  );
  const responses = prepareFindOrInsert(database, 'stapled_response', ['sha256'], ['der']);
  const [fingerprint, ...factColumns] = CERTIFICATE_FACTS;
  const certificates = prepareFindOrInsert(database, 'certificate', [fingerprint], [...factColumns, 'der']);
  const chains = prepareFindOrInsert(database, 'chain', ['content_hash'], []);
  const insertLink = prepareInsert(database, 'chain_certificate', ['chain_id', 'position', 'certificate_id']);
  const postures = prepareFindOrInsert(database, 'posture', ['content_hash'], ['content']);
  const insertPostureChain = prepareInsert(database, 'posture_chain', ['posture_id', 'chain_id']);
  const insertObservation = prepareInsert(database, 'observation', [
    'endpoint_id',
    'run_id',
    'observed_at',
    'planned_protocol',
    'outcome_id',
    'plain_talk_id',
    'handshake_id',
    'stapled_response_id',
    'chain_id',
    'posture_id',
    'judgement_id',
    'regraded_at',
  ]);

  /** Numbers of facts that this batch has met: never kept longer, as a batch may be rolled back. */
  const known = new Map<string, number>();

  function remember(key: string, find: () => number): number {
    let id = known.get(key);
    if (id === undefined) {
      id = find();
      known.set(key, id);
    }
    return id;
  }

  const judgementId = prepareSaveJudgement(database, remember);

  function runId(uuid: string): number {
    return remember(`run ${uuid}`, () => {
      const id = findRun.get(uuid);
      if (id === undefined) throw new InventoryError(`the inventory knows no scan run ${uuid}`);
      return id;
    });
  }

  function outcomeId({ outcome, failure }: Observation): number {
    const { stage = null, code = null, detail = null } = failure ?? {};
    const content = JSON.stringify(['outcome', outcome, stage, code, detail]);
    return remember(
      content,
      () => outcomes({ content_hash: sha256(content), name: outcome, stage, code, detail }).id,
    );
  }

  function plainTalkId(observation: Observation): number | null {
    const greeting = observation.greeting ?? null;
    const plaintextAfterGoAhead = observation.plaintextAfterGoAhead ?? null;
    if (greeting === null && plaintextAfterGoAhead === null) return null;
    const content = JSON.stringify(['plain talk', greeting, plaintextAfterGoAhead]);
    return remember(
      content,
      () => plainTalks({ content_hash: sha256(content), greeting, after_go_ahead: plaintextAfterGoAhead }).id,
    );
  }

  function handshakeId({ version, cipherSuite, group, compression }: Handshake): number {
    const content = JSON.stringify(['handshake', version, cipherSuite, group, compression]);
    return remember(
      content,
      () =>
        handshakes({
          content_hash: sha256(content),
          version,
          cipher_suite: cipherSuite,
          key_exchange_group: group,
          compression,
        }).id,
    );
  }

  function chainId(presented: readonly Uint8Array[], judgement: Judgement): number {
    const all = Buffer.concat(presented.map(sha256));
    return remember(`chain ${all.toString('latin1')}`, () => {
      const { id, isNew } = chains({ content_hash: sha256(all) });
      if (!isNew) return id;
      const facts = new Map(
        [...judgement.presented, ...(judgement.others ?? [])].map((each) => [each.fingerprintSha256, each]),
      );
      for (const [position, der] of presented.entries())
        insertLink({ chain_id: id, position, certificate_id: certificateId(der, facts) });
      return id;
    });
  }

  function postureId({ posture, otherChains = [] }: Observation, judgement: Judgement): number | null {
    if (!posture) return null;
    const content = JSON.stringify(posture);
    const id = remember(
      `posture ${content}`,
      () => postures({ content_hash: sha256(`posture ${content}`), content }).id,
    );
    for (const chain of otherChains) {
      if (chain.length > 0) insertPostureChain({ posture_id: id, chain_id: chainId(chain, judgement) });
    }
    return id;
  }

  function certificateId(der: Uint8Array, facts: ReadonlyMap<string, Certificate>): number {
    const hash = sha256(der);
    const hex = encodeHex(hash);
    return remember(`certificate ${hex}`, () => certificates(toCertificateRow(hash, der, facts.get(hex))).id);
  }

  function save({ observation, judgement }: JudgedObservation): void {
    const record = toObservationRecord(observation, judgement);
    const { handshake } = observation;
    const response = handshake?.ocspResponse ?? null;
    const presented = handshake?.presentedChain ?? [];
    insertObservation({
      endpoint_id: endpoints(toEndpointRow(observation.endpoint)).id,
      run_id: runId(observation.run),
      observed_at: Date.parse(observation.observedAt),
      planned_protocol: observation.plannedProtocol ?? null,
      outcome_id: outcomeId(observation),
      plain_talk_id: plainTalkId(observation),
      handshake_id: handshake && handshakeId(handshake),
      stapled_response_id: response && responses({ sha256: sha256(response), der: response }).id,
      chain_id: presented.length === 0 ? null : chainId(presented, judgement),
      posture_id: postureId(observation, judgement),
      judgement_id: judgementId(judgement, record.handshake?.stapledOcsp ?? null),
      regraded_at: null,
    });
  }

  const saveAll = database.transaction((batch: readonly JudgedObservation[]) => {
    for (const judged of batch) save(judged);
  });
  return (batch) => {
    known.clear();
    saveAll.immediate(batch);
  };
}
