import { describe, expect, it } from 'vitest';
import { json } from '../../../src/report/formats/json.js';
import { makeRecord, makeRefusedRecord, NOW, stream } from '../sample-record.js';

describe('JSON', () => {
  it.each([0, 1, 2])('writes %d records as one array', async (count) => {
    const records = [makeRecord(), makeRefusedRecord()].slice(0, count);
    let text = '';
    for await (const chunk of json.write(stream(records), { now: NOW })) text += chunk;
    const expected = records.map(
      ({ firstSeen, lastScan, lastSeen, state, stateSince, owner, tags, notes, unused, ...observation }) =>
        observation,
    );
    expect(JSON.parse(text)).toEqual(expected);
    expect(text.endsWith(']\n')).toBe(true);
  });
});
