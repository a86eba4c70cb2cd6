import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../src/model/failure.js';
import type { ProbeResult } from '../../../src/model/observation.js';
import { OUTCOMES, type Outcome } from '../../../src/model/outcome.js';
import { shouldRetry } from '../../../src/scan/pace/should-retry.js';

function result(outcome: Outcome, stage: Stage, code: string, more: Partial<ProbeResult> = {}): ProbeResult {
  return {
    outcome,
    failure: outcome === 'tls' ? null : { stage, code, detail: '' },
    handshake: null,
    ...more,
  };
}

const ROWS: readonly (readonly [name: string, expected: 'later' | 'no', result: ProbeResult])[] = [
  ['a handshake', 'no', result('tls', 'handshake', '')],
  ['a closed port', 'no', result('refused', 'connect', 'ECONNREFUSED')],
  ['an address without a route', 'no', result('unreachable', 'connect', 'ENETUNREACH')],
  ['a proxy that is not there', 'no', result('unreachable', 'connect', 'proxy-refused')],
  ['silence', 'no', result('connect-timeout', 'connect', 'timeout')],
  ['a reset in place of a connection', 'later', result('reset', 'connect', 'ECONNRESET')],
  ['a reset before a word', 'later', result('reset', 'handshake', 'ECONNRESET')],
  ['a reset in place of a greeting', 'later', result('reset', 'starttls', 'ECONNRESET')],
  ['a reset after a greeting', 'no', result('reset', 'starttls', 'ECONNRESET', { greeting: '220 hello' })],
  ['a close before a word', 'later', result('closed', 'handshake', 'closed')],
  [
    'a close after plain text',
    'no',
    result('closed', 'handshake', 'closed', { plaintextAfterGoAhead: 'no' }),
  ],
  ['a close in another protocol', 'no', result('closed', 'starttls', 'closed', { protocol: 'smtp' })],
  [
    'a close in the middle of a handshake',
    'no',
    result('closed', 'handshake', 'closed', {
      handshake: {
        version: 'TLSv1.2',
        cipherSuite: null,
        group: null,
        compression: null,
        presentedChain: [],
        ocspResponse: null,
      },
    }),
  ],
  ['another protocol', 'no', result('not-tls', 'handshake', 'not-tls')],
  ['a server that will not', 'no', result('starttls-refused', 'starttls', 'refused')],
  ['an alert', 'no', result('alert', 'handshake', 'handshake_failure')],
  ['a handshake without end', 'no', result('handshake-timeout', 'handshake', 'timeout')],
  ['nonsense', 'no', result('malformed', 'handshake', 'malformed')],
  ['too much', 'no', result('too-large', 'handshake', 'too-large')],
  ['a name that nobody could look up in time', 'later', result('unresolved', 'resolve', 'timeout')],
  ['a name server that is not well', 'later', result('unresolved', 'resolve', 'EAI_AGAIN')],
  ['a name that does not exist', 'no', result('unresolved', 'resolve', 'ENOTFOUND')],
  ['a name without an address', 'no', result('unresolved', 'resolve', 'no-address')],
  ['a scan that was stopped', 'no', result('cancelled', 'connect', 'cancelled')],
  ['want of descriptors', 'later', result('internal', 'connect', 'EMFILE')],
  ['want of local ports', 'later', result('internal', 'connect', 'EADDRNOTAVAIL')],
  ['a fault of ours', 'no', result('internal', 'handshake', 'internal')],
];

describe('shouldRetry', () => {
  it.each(ROWS)('after %s says %s', (_, expected, given) => {
    expect(shouldRetry(given, 1, 1)).toBe(expected);
  });

  it('has a row for every outcome', () => {
    const covered = new Set(ROWS.map(([, , { outcome }]) => outcome));
    expect(OUTCOMES.filter((outcome) => !covered.has(outcome))).toEqual([]);
  });

  it.each<[attempt: number, retries: number, expected: 'later' | 'no']>([
    [1, 0, 'no'],
    [1, 1, 'later'],
    [2, 1, 'no'],
    [2, 2, 'later'],
    [3, 2, 'no'],
  ])('after try %i with %i retries says %s', (attempt, retries, expected) => {
    expect(shouldRetry(result('reset', 'handshake', 'ECONNRESET'), attempt, retries)).toBe(expected);
  });
});
