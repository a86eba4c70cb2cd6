import type { Change, ChangeSide } from '../../src/model/change.js';
import { EXPIRING, makeEndpoint, makeFacts } from '../store/sample-observation.js';

/** What was known of an endpoint with a certificate. */
export function makeChangeSide(name = 'leaf', changes: Partial<ChangeSide> = {}): ChangeSide {
  const certificate = makeFacts(name);
  return {
    run: '0193b7c0-0000-7000-8000-000000000001',
    observedAt: '2026-11-22T10:00:01.234Z',
    protocol: 'tls',
    outcome: 'tls',
    failure: null,
    leaf: certificate.fingerprintSha256,
    certificate,
    path: 'trusted',
    grade: 'A',
    findings: ['expiring'],
    ...changes,
  };
}

/** A certificate that was renewed. */
export function makeChange(changes: Partial<Change> = {}): Change {
  return {
    kind: 'renewed',
    cause: 'endpoint',
    reason: 'expires 2027-03-01, before 2026-12-04; the key is new',
    endpoint: makeEndpoint(),
    finding: null,
    keyKept: false,
    before: makeChangeSide('old'),
    after: makeChangeSide('new'),
    owner: 'web team',
    tags: ['shop'],
    ...changes,
  };
}

/** A finding that appeared. */
export const APPEARED: Change = makeChange({
  kind: 'finding-appeared',
  cause: 'time',
  reason: EXPIRING.message,
  finding: EXPIRING,
  keyKept: null,
});

/** Changes as a comparison hands them out. */
export async function* streamChanges(...changes: readonly Change[]): AsyncGenerator<Change> {
  yield* changes;
}

/** All that a format writes, in one text. */
export async function joinChunks(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}
