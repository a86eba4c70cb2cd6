import { describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import { checkRecords } from './check-records.js';
import type { LabServer } from './lab.js';

const SERVER: LabServer = {
  name: 'silent',
  port: 7,
  description: 'says nothing',
  serverName: null,
  protocol: 'tls',
  endpointTarget: '127.0.0.1:7',
  expect: { outcome: 'handshake-timeout', status: 'No certificate', path: 'none', findings: [] },
};

const RECORD: ObservationRecord = {
  run: 'run',
  observedAt: '2026-11-22T10:00:00.000Z',
  endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 7, protocol: 'tls', serverName: null },
  outcome: 'handshake-timeout',
  failure: { stage: 'handshake', code: 'timeout', detail: 'no answer' },
  greeting: null,
  plaintextAfterGoAhead: null,
  handshake: null,
  certificate: null,
  path: { status: 'none', trustStores: [], certificates: [], reason: null },
  posture: null,
  findings: [],
  status: 'No certificate',
  grade: null,
  grades: null,
};

const FINDING = {
  id: 'expired',
  severity: 'high',
  subject: null,
  message: '',
  advice: '',
  citation: '',
} as const;

describe('checkRecords', () => {
  it.each<[name: string, records: ObservationRecord[], complaints: string[]]>([
    ['is content with one record as expected', [RECORD], []],
    ['misses a record', [], ['silent: not recorded exactly once']],
    ['sees a record twice', [RECORD, RECORD], ['silent: not recorded exactly once']],
    [
      'sees a stranger',
      [RECORD, { ...RECORD, endpoint: { ...RECORD.endpoint, port: 8 } }],
      ['port 8 is no server of the lab'],
    ],
    [
      'sees another outcome, and says why',
      [{ ...RECORD, outcome: 'closed' }],
      ['silent: outcome is "closed" instead of "handshake-timeout" (no answer)'],
    ],
    [
      'sees a finding too many',
      [{ ...RECORD, findings: [FINDING] }],
      ['silent: findings is "expired" instead of "" (no answer)'],
    ],
    [
      'sees a failure without its reason',
      [{ ...RECORD, failure: null }],
      ['silent: failure is "none" instead of "some"'],
    ],
  ])('%s', (_name, records, complaints) => {
    expect(checkRecords([SERVER], records)).toEqual(complaints);
  });
});
