import type { Judgement } from '../../model/judgement.js';
import type { Observation } from '../../model/observation.js';
import type { JudgedObservation } from '../../store/save-observations.js';

/** Judges; where that fails by our own fault, the observation becomes `internal`, with the stack, and the scan goes on. */
export function judgeSafely(
  judge: (observation: Observation) => Judgement,
  observation: Observation,
): JudgedObservation {
  try {
    return { observation, judgement: judge(observation) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = { stage: 'judge', code: 'fault', detail } as const;
    const nothing = { handshake: null, posture: null, otherChains: [] };
    const faulty: Observation = { ...observation, outcome: 'internal', failure, ...nothing };
    return { observation: faulty, judgement: judge(faulty) };
  }
}
