import { describe, expect, it } from 'vitest';
import { type EndpointState, followState, NO_COURSE, type Sighting } from '../../src/model/endpoint-state.js';
import { OUTCOMES, type Outcome } from '../../src/model/outcome.js';

/** Observations one after the other, each the run, and then the letter of a leaf or an outcome. */
function follow(...seen: readonly `${number} ${string}`[]): [EndpointState | null, number | null] {
  const sightings = seen.map((text, index): Sighting => {
    const [run, what = ''] = text.split(' ');
    const outcome = OUTCOMES.find((each) => each === what);
    return {
      runId: Number(run),
      observedAt: index + 1,
      outcome: outcome ?? 'tls',
      leafId: outcome ? null : what.charCodeAt(0),
    };
  });
  const { since, state } = sightings.reduce(followState, NO_COURSE);
  return [state, since];
}

describe('the state of an endpoint', () => {
  const cases: readonly (readonly [string, readonly `${number} ${string}`[], ReturnType<typeof follow>])[] = [
    ['is none before there is an observation', [], [null, null]],
    ['is none while it has never presented a certificate', ['1 refused', '2 connect-timeout'], [null, null]],
    ['is live with the first certificate', ['1 refused', '2 a'], ['live', 2]],
    ['stays live while the leaf is the same', ['1 a', '2 a', '3 a'], ['live', 1]],
    ['is changed with another leaf', ['1 a', '2 b'], ['changed', 2]],
    ['is live once a later run sees the new leaf again', ['1 a', '2 b', '3 b'], ['live', 3]],
    ['stays changed while the same run sees it again', ['1 a', '2 b', '2 b'], ['changed', 2]],
    [
      'stays changed while the same run sees it again after a fault',
      ['1 a', '2 b', '2 reset', '2 b'],
      ['changed', 4],
    ],
    ['stays changed while leaves follow each other', ['1 a', '2 b', '3 c', '4 a'], ['changed', 2]],
    ['is gone when it refuses', ['1 a', '2 refused', '3 refused'], ['gone', 2]],
    ['is unreachable when it is silent', ['1 a', '2 connect-timeout', '3 unresolved'], ['unreachable', 2]],
    ['goes from unreachable to gone', ['1 a', '2 unreachable', '3 not-tls'], ['gone', 3]],
    ['is live when the same leaf is back', ['1 a', '2 refused', '3 a'], ['live', 3]],
    ['is changed when another leaf comes back', ['1 a', '2 handshake-timeout', '3 b'], ['changed', 3]],
    ['is live when the new leaf is back in a later run', ['1 a', '2 b', '3 refused', '4 b'], ['live', 4]],
    [
      'takes nothing from observations that were cut short',
      ['1 a', '2 cancelled', '3 internal'],
      ['live', 1],
    ],
    ['is unbroken by what was cut short', ['1 a', '2 refused', '3 cancelled', '4 reset'], ['gone', 2]],
  ];

  it.each(cases)('%s', (_, seen, expected) => {
    expect(follow(...seen)).toEqual(expected);
  });

  it('knows each outcome', () => {
    const unreachable: readonly Outcome[] = [
      'unreachable',
      'connect-timeout',
      'handshake-timeout',
      'unresolved',
    ];
    for (const outcome of OUTCOMES) {
      const [state] = follow('1 a', `2 ${outcome}`);
      const isUnheard = outcome === 'cancelled' || outcome === 'internal';
      expect(state).toBe(isUnheard ? 'live' : unreachable.includes(outcome) ? 'unreachable' : 'gone');
    }
  });
});
