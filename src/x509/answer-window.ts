import { type AnswerWindow, faultyAnswer, type RevocationAnswer } from './revocation-answer.js';

/** How far clocks may disagree: what Windows tolerates between machines of one domain, and more than NTP ever needs. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** How long an answer counts that does not say: the longest that CAs may let an OCSP response last (BR 4.9.10). */
const UNSAID_VALIDITY_MS = 10 * 86_400_000;

/** Says why an answer is too old or too new to count (RFC 6960, section 3.2; RFC 5280, section 6.3.3); null: it counts. */
export function checkAnswerWindow(
  { thisUpdate, nextUpdate }: AnswerWindow,
  now: number,
): (RevocationAnswer & { status: 'error' }) | null {
  if (thisUpdate > now + CLOCK_SKEW_MS) {
    return faultyAnswer('not-yet-valid', `it is not valid before ${formatTime(thisUpdate)}`);
  }
  if (nextUpdate === null && thisUpdate + UNSAID_VALIDITY_MS < now) {
    return faultyAnswer(
      'expired',
      `it does not say when it expires and was made on ${formatTime(thisUpdate)}`,
    );
  }
  if (nextUpdate !== null && nextUpdate + CLOCK_SKEW_MS < now) {
    return faultyAnswer('expired', `it expired on ${formatTime(nextUpdate)}`);
  }
  return null;
}

function formatTime(time: number): string {
  return new Date(time).toISOString();
}
