import { describe, expect, it } from 'vitest';
import { ndjson } from '../../../src/report/change-formats/ndjson.js';
import { APPEARED, joinChunks, makeChange, streamChanges } from '../sample-change.js';

describe('changes as NDJSON', () => {
  it('writes one change a line, as it is', async () => {
    const changes = [makeChange({ reason: 'line\nbreak' }), APPEARED];
    const text = await joinChunks(ndjson.write(streamChanges(...changes), { before: 'a', after: 'b' }));
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(changes);
    expect(lines[0]).toMatch(/^\{"kind":"renewed","cause":"endpoint","reason":/);
  });

  it('writes nothing where nothing has changed', async () => {
    expect(await joinChunks(ndjson.write(streamChanges(), { before: 'a', after: 'b' }))).toBe('');
  });
});
