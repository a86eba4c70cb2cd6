import { type Finding, isAtLeast, listOpenFindings } from '../model/finding.js';
import type { Status } from '../model/judgement.js';
import type { Inventory } from '../store/inventory.js';
import type { JudgedObservation } from '../store/save-observations.js';

/** Marks the findings of an observation that somebody accepts; it is to be shown, not to be stored. */
export type AcceptJudged = (judged: JudgedObservation) => JudgedObservation;

/** Prepares marking what is accepted in the annotations of an inventory as of `now`, those that there are by then; null: there is none. */
export async function makeAcceptJudged(
  inventory: Pick<Inventory, 'acceptor'> | null,
  now: Date,
): Promise<AcceptJudged> {
  const accept = (await inventory?.acceptor(now)) ?? null;
  if (accept === null) return (judged) => judged;
  return (judged) => {
    const { judgement, observation } = judged;
    const leaf = judgement.presented[0] ?? null;
    const findings = accept(judgement.findings, { endpoint: observation.endpoint, leaf });
    const status = statusOf(judgement.status, findings);
    return { ...judged, judgement: { ...judgement, findings, status } };
  };
}

/** That a certificate has expired or was revoked stays a fact; a warning that rests on accepted findings alone does not. */
function statusOf(status: Status, findings: readonly Finding[]): Status {
  if (status !== 'Warning' || !findings.some(({ waived }) => waived)) return status;
  return listOpenFindings(findings).some(({ severity }) => isAtLeast(severity, 'medium')) ? status : 'Good';
}
