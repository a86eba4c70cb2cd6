import type { Database } from 'better-sqlite3';
import type { Handshake } from '../model/handshake.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import { isBareObservation } from './bare-observation.js';
import { toEndpointRow } from './endpoint-row.js';
import { createFactMemory } from './fact-memory.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { prepareFollowEndpoint } from './follow-endpoint.js';
import { InventoryError } from './inventory-error.js';
import { prepareSaveBareObservation } from './save-bare-observation.js';
import { prepareSaveChain } from './save-chain.js';
import { prepareSaveEndpoint } from './save-endpoint.js';
import { prepareSaveJudgement } from './save-judgement.js';
import { sha256 } from './sha256.js';

/** One observation with its judgement. */
export interface JudgedObservation {
  readonly observation: Observation;
  readonly judgement: Judgement;
  /** The presented chain as another tool tells of it without its bytes: SHA-256, hex, of each certificate. Absent: it has them. */
  readonly toldChain?: readonly string[];
}

/** Saves a batch, and then whatever else belongs to it: all of it or, when it throws, nothing. */
export type SaveObservations = (batch: Iterable<JudgedObservation>, alongside?: () => void) => void;

interface RunRow {
  readonly id: number;
  readonly started_at: number;
  readonly is_provisional: number;
}

/** Prepares all statements that saving needs, once for a connection. */
export function prepareSaveObservations(database: Database): SaveObservations {
  const memory = createFactMemory();
  const runs = new Map<string, RunRow>();
  const findRun = database.prepare<[string], RunRow>(
    'select id, started_at, is_provisional from scan_run where uuid = ?',
  );
  // Whether another connection has written: judgements that nothing refers to are deleted when all are judged again.
  const dataVersion = database.prepare<[], number>('pragma data_version').pluck();
  let knownVersion: number | undefined;

  const endpointId = prepareSaveEndpoint(database);
  const saveBare = prepareSaveBareObservation(database);
  const saveChain = prepareSaveChain(database, memory);
  const saveJudgement = prepareSaveJudgement(database, memory.byContent);
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
  const postures = prepareFindOrInsert(database, 'posture', ['content_hash'], ['content']);
  const insertPostureChain = prepareInsert(database, 'posture_chain', ['posture_id', 'chain_id']);
  const insertEndpointChain = database.prepare<[number, number]>(
    'insert into endpoint_chain (chain_id, endpoint_id) values (?, ?) on conflict do nothing',
  );
  const insertObservation = database.prepare<(number | string | null)[]>(
    `insert into observation (endpoint_id, run_id, observed_at, planned_protocol, outcome_id, plain_talk_id,
      handshake_id, stapled_response_id, chain_id, posture_id, judgement_id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  );

  const follow = prepareFollowEndpoint(database);

  function runRow(uuid: string): RunRow {
    let run = runs.get(uuid);
    if (run !== undefined) return run;
    run = findRun.get(uuid);
    if (run === undefined) throw new InventoryError(`the inventory knows no scan run ${uuid}`);
    runs.set(uuid, run);
    return run;
  }

  function judgementId(judgement: Judgement): number {
    return memory.ofObject(judgement, () => saveJudgement(judgement, judgement.stapledOcsp ?? null));
  }

  function outcomeId({ outcome, failure }: Observation): number {
    const { stage = null, code = null, detail = null } = failure ?? {};
    const content = JSON.stringify(['outcome', outcome, stage, code, detail]);
    return memory.byContent(
      content,
      () => outcomes({ content_hash: sha256(content), name: outcome, stage, code, detail }).id,
    );
  }

  function plainTalkId(observation: Observation): number | null {
    const greeting = observation.greeting ?? null;
    const plaintextAfterGoAhead = observation.plaintextAfterGoAhead ?? null;
    if (greeting === null && plaintextAfterGoAhead === null) return null;
    const content = JSON.stringify(['plain talk', greeting, plaintextAfterGoAhead]);
    return memory.byContent(
      content,
      () => plainTalks({ content_hash: sha256(content), greeting, after_go_ahead: plaintextAfterGoAhead }).id,
    );
  }

  function handshakeId({ version, cipherSuite, group, compression }: Handshake): number {
    const content = JSON.stringify(['handshake', version, cipherSuite, group, compression]);
    return memory.byContent(
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

  function postureId({ posture }: Observation, otherChains: readonly number[]): number | null {
    if (!posture) return null;
    const id = memory.ofObject(posture, () => {
      const content = JSON.stringify(posture);
      return memory.byContent(
        `posture ${content}`,
        () => postures({ content_hash: sha256(`posture ${content}`), content }).id,
      );
    });
    for (const chain of otherChains) insertPostureChain({ posture_id: id, chain_id: chain });
    return id;
  }

  function saveRow({ observation, judgement, toldChain = [] }: JudgedObservation, run: RunRow): void {
    const { handshake, posture } = observation;
    const response = handshake?.ocspResponse ?? null;
    const presented = handshake?.presentedChain ?? [];
    const endpoint = endpointId(toEndpointRow(observation.endpoint));
    const chain =
      presented.length > 0
        ? saveChain.sent(presented, judgement)
        : toldChain.length > 0
          ? saveChain.told(toldChain, judgement)
          : null;
    const otherChains = ((posture && observation.otherChains) || [])
      .filter(({ length }) => length > 0)
      .map((each) => saveChain.sent(each, judgement));
    const observedAt = Date.parse(observation.observedAt);
    const judgedId = judgementId(judgement);
    const { changes } = insertObservation.run(
      endpoint,
      run.id,
      observedAt,
      observation.plannedProtocol ?? null,
      outcomeId(observation),
      plainTalkId(observation),
      handshake && handshakeId(handshake),
      response && responses({ sha256: sha256(response), der: response }).id,
      chain,
      postureId(observation, otherChains),
      judgedId,
    );
    const { outcome } = observation;
    if (run.is_provisional === 1) follow.passOver(endpoint);
    else if (changes > 0)
      follow.saw(endpoint, { runId: run.id, observedAt, outcome, chainId: chain, judgementId: judgedId });
    // It was there already, if only among the packed ones of an endpoint that has just become a row.
    else follow.fold(endpoint);
    for (const each of chain === null ? otherChains : [chain, ...otherChains])
      insertEndpointChain.run(each, endpoint);
  }

  function save(judged: JudgedObservation): void {
    const { observation, judgement } = judged;
    const run = runRow(observation.run);
    if (isBareObservation(judged)) {
      const { address, port, protocol } = toEndpointRow(observation.endpoint);
      const isPacked = saveBare({
        address,
        port,
        protocol,
        runId: run.id,
        startedAt: run.started_at,
        observedAt: Date.parse(observation.observedAt),
        outcomeId: outcomeId(observation),
        judgementId: judgementId(judgement),
      });
      if (isPacked) return;
    }
    saveRow(judged, run);
  }

  function forget(): void {
    memory.forget();
    runs.clear();
  }

  const saveAll = database.transaction((batch: Iterable<JudgedObservation>, alongside?: () => void) => {
    const version = dataVersion.get();
    if (version !== knownVersion) forget();
    knownVersion = version;
    for (const judged of batch) save(judged);
    alongside?.();
  });
  return (batch, alongside) => {
    try {
      saveAll.immediate(batch, alongside);
    } catch (error) {
      forget();
      throw error;
    }
  };
}
