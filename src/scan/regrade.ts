import { setImmediate } from 'node:timers/promises';
import type { Judge } from '../grade/judge.js';
import type { Revocation, Revocations } from '../model/revocation.js';
import type { Inventory } from '../store/inventory.js';
import type { StoredObservation } from '../store/list-observations.js';
import type { JudgedObservation } from '../store/save-observations.js';

/** A run to judge again, and by what. */
export interface RunToRegrade {
  /** UUIDv7. */
  readonly id: string;
  /** Judges as of the run's moment. Called when its turn comes, as judges take memory. */
  makeJudge(): Promise<Judge>;
  /** When it started: what CAs said in it counts for this moment and all that follow. */
  readonly startedAt: Date;
  /** The moment to judge for. */
  readonly moment: Date;
}

/** All that judging again needs. */
export interface RegradeRequest {
  readonly inventory: Inventory;
  readonly runs: readonly RunToRegrade[];
  readonly signal: AbortSignal;
  /** Told of each observation as soon as it is judged. */
  regraded?(judged: JudgedObservation): void;
  now(): Date;
}

/** How judging again ended. */
export interface RegradeEnd {
  /** Observations judged again. */
  readonly observations: number;
  /** Those among them that came out otherwise than before. */
  readonly changed: number;
  /** Observations that could not be judged, by a fault of ours; they keep the judgement that they had. */
  readonly faults: number;
  /** The stack of the first of those faults; null: there was none. */
  readonly firstFault: string | null;
  readonly interrupted: boolean;
}

/** Observations judged and saved in one step, as many as in a scan. */
const BATCH_OBSERVATIONS = 1000;

/**
 * Judges stored observations again, without touching the network. What was observed stays as it is; only the
 * judgements are replaced, batch by batch, so that an interrupted run of it leaves nothing half done and can be
 * repeated. Throws InventoryError when judgements cannot be stored.
 */
export async function regrade(request: RegradeRequest): Promise<RegradeEnd> {
  const { inventory, signal } = request;
  const revoked = await inventory.revoked();
  let observations = 0;
  let changed = 0;
  let faults = 0;
  let firstFault: string | null = null;

  for (const run of request.runs) {
    const judge = await run.makeJudge();
    let batch: JudgedObservation[] = [];
    for await (const observation of inventory.observations(run.id)) {
      if (signal.aborted) break;
      try {
        const { revocations } = observation;
        const judgement = judge(observation, findRevocations(judge, observation, run));
        // What was said stays known, whatever this judgement makes of it.
        const judged = { observation, judgement: revocations ? { ...judgement, revocations } : judgement };
        batch.push(judged);
        request.regraded?.(judged);
      } catch (error) {
        faults += 1;
        firstFault ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
      if (batch.length < BATCH_OBSERVATIONS) continue;
      await save(batch);
      batch = [];
      // Reading and judging never wait for anything: without a pause no signal would ever be heard.
      await setImmediate();
    }
    if (batch.length > 0) await save(batch);
    await setImmediate();
    if (signal.aborted) break;
  }
  await inventory.pruneJudgements();
  return { observations, changed, faults, firstFault, interrupted: signal.aborted };

  /** What CAs said in the run, or in any run that certificates of the path were revoked, as far as it holds by then. */
  function findRevocations(
    judge: Judge,
    observation: StoredObservation,
    { moment, startedAt }: RunToRegrade,
  ): Revocations {
    const holds = (answer: Revocation) =>
      answer.status !== 'revoked' || answer.at === null || answer.at <= moment.getTime();
    const answers = new Map<string, Revocation>();
    if (revoked.size > 0) {
      for (const { facts } of judge.searchPath(observation)?.certificates ?? []) {
        const answer = revoked.get(facts.fingerprintSha256);
        if (answer && holds(answer)) answers.set(facts.fingerprintSha256, answer);
      }
    }
    for (const [fingerprint, answer] of Object.entries(observation.revocations ?? {})) {
      if (answer.status !== 'revoked' && answers.has(fingerprint)) continue;
      if (moment >= startedAt || holds(answer)) answers.set(fingerprint, answer);
    }
    return answers;
  }

  async function save(batch: readonly JudgedObservation[]): Promise<void> {
    changed += await inventory.replaceJudgements(batch, request.now().toISOString());
    observations += batch.length;
  }
}
