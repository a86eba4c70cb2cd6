import type { ObservationRecord } from '../../model/observation-record.js';
import { formatFields } from './fields.js';
import { findOutcomeAdvice } from './outcome-advice.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle } from './text-style.js';

/** The most of one failure: it quotes what the peer said, or holds a stack of ours. */
const MOST_CHARACTERS = 1000;

/** Why an endpoint brought no certificate, and what to do; nothing when it did. */
export function formatCheckFailure({ failure, outcome }: ObservationRecord, style: TextStyle): string[] {
  if (failure === null || outcome === 'tls') return [];
  const where = `${outcome} (at: ${failure.stage}, code: ${quotePeer(failure.code)})`;
  return formatFields(
    [
      { label: 'Outcome', text: where, tone: 'bad' },
      { label: 'What happened', text: quotePeer(failure.detail, MOST_CHARACTERS) },
      { label: 'What to do', text: findOutcomeAdvice(outcome, failure) },
    ],
    2,
    style,
  );
}
