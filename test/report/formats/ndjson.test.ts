import { describe, expect, it } from 'vitest';
import { ndjson } from '../../../src/report/formats/ndjson.js';
import { selectColumns } from '../../../src/report/select-columns.js';
import { makeRecord, makeRefusedRecord, NOW, stream } from '../sample-record.js';

describe('NDJSON', () => {
  it('writes one line for each record, as a scan does', async () => {
    let text = '';
    for await (const chunk of ndjson.write(stream([makeRecord(), makeRefusedRecord()]), { now: NOW }))
      text += chunk;
    expect(text).toMatch(/^[^\n]+\n[^\n]+\n$/);
    const lines: unknown[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { firstSeen, lastScan, lastSeen, state, stateSince, owner, tags, notes, unused, ...observation } =
      makeRecord();
    expect(lines[0]).toEqual(observation);
    expect(Object.keys(lines[0] ?? {})).toEqual([
      'run',
      'observedAt',
      'endpoint',
      'outcome',
      'failure',
      'greeting',
      'plaintextAfterGoAhead',
      'handshake',
      'certificate',
      'path',
      'posture',
      'findings',
      'status',
      'grade',
      'grades',
    ]);
    expect(lines).toHaveLength(2);
  });

  it('writes chosen columns as they are, without the care that spreadsheets need', async () => {
    const columns = selectColumns('serial number,days left,first seen,owner,warnings');
    for await (const line of ndjson.write(stream([makeRecord()]), { now: NOW, columns }))
      expect(JSON.parse(String(line))).toEqual({
        serialNumber: '0a1b2c',
        daysLeft: 11,
        firstSeen: '2026-10-01T08:00:00.000Z',
        owner: null,
        warnings: ['expiring', 'no-tls13'],
      });
  });
});
