import { setImmediate } from 'node:timers/promises';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { PathStatus } from '../model/path.js';
import type { Inventory } from '../store/inventory.js';
import type { JudgedObservation } from '../store/save-observations.js';

/** Paths that a certificate of a CA, found later, may change. */
export const UNSETTLED_PATHS: readonly PathStatus[] = ['incomplete', 'invalid'];

/** Findings that tell the same of another chain that the endpoint presents. */
export const UNSETTLED_FINDINGS: readonly string[] = [
  'missing-intermediate',
  'unknown-issuer',
  'invalid-path',
];

/** What judging the rest of a run needs. */
export interface IncompleteRequest {
  readonly inventory: Inventory;
  /** UUIDv7. */
  readonly run: string;
  /** Knows by now all that the run brought to light. */
  judge(observation: Observation): Promise<Judgement>;
  /** Told of each observation when its judgement is stored. */
  settled(judged: JudgedObservation): void;
  /** Called before each batch is stored. */
  drain?(): Promise<void>;
  now(): Date;
}

/** Observations judged and stored in one step, as many as in a scan. */
const BATCH_OBSERVATIONS = 1000;

/** Whether a judgement may be another once all of the run is known. */
export function isUnsettled({ findings, path }: Judgement): boolean {
  return UNSETTLED_PATHS.includes(path.status) || findings.some(({ id }) => UNSETTLED_FINDINGS.includes(id));
}

/**
 * Judges again, at the end of a run, the observations whose path lacked a certificate: servers that send it may have
 * been met later. They are read from the inventory, so that memory does not depend on how many there are.
 */
export async function judgeIncomplete(request: IncompleteRequest): Promise<void> {
  const { inventory, run } = request;
  const unsettled = { pathStatuses: UNSETTLED_PATHS, findings: UNSETTLED_FINDINGS };
  let batch: Observation[] = [];
  for await (const observation of inventory.observations(run, unsettled)) {
    batch.push(observation);
    if (batch.length < BATCH_OBSERVATIONS) continue;
    await judge(batch);
    batch = [];
    // Reading and judging may never wait for anything: without a pause no signal would ever be heard.
    await setImmediate();
  }
  if (batch.length > 0) await judge(batch);

  async function judge(observations: readonly Observation[]): Promise<void> {
    const judged: readonly JudgedObservation[] = await Promise.all(
      observations.map(async (observation) => ({ observation, judgement: await request.judge(observation) })),
    );
    await request.drain?.();
    await inventory.replaceJudgements(judged, request.now().toISOString());
    for (const each of judged) request.settled(each);
  }
}
