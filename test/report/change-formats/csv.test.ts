import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/report/change-formats/csv.js';
import { APPEARED, joinChunks, makeChange, makeChangeSide, streamChanges } from '../sample-change.js';

const LABELS = { before: 'a.db', after: 'b.db' };

describe('changes as CSV', () => {
  it('writes a header and a row for each change', async () => {
    const text = await joinChunks(csv.write(streamChanges(makeChange(), APPEARED), LABELS));
    const [header, renewed, appeared, end] = text.split('\r\n');
    expect(header).toBe(
      'Change,Cause,Address,Port,Protocol,Host,Server Name,Reason,Finding,Severity,Advice,Key Kept,' +
        ['Before', 'After']
          .flatMap((side) =>
            [
              'Observed',
              'Outcome',
              'Common Name',
              'Subject Alternative Names',
              'Issuer',
              'Expires',
              'Fingerprint SHA-256',
              'Path',
              'Grade',
              'Warnings',
            ].map((title) => `${side}: ${title}`),
          )
          .join(',') +
        ',Owner,Tags',
    );
    expect(renewed).toMatch(/^renewed,endpoint,192\.0\.2\.7,443,tls,192\.0\.2\.7,,"expires .*",,,,no,2026-/);
    expect(renewed).toMatch(/,web team,shop$/);
    expect(appeared).toContain(',expiring,medium,');
    expect(end).toBe('');
  });

  it('writes a header alone where nothing has changed', async () => {
    expect(await joinChunks(csv.write(streamChanges(), LABELS))).toMatch(/^Change,.*,Tags\r\n$/);
  });

  it('disarms what peers wrote', async () => {
    const { certificate, ...side } = makeChangeSide();
    const hostile = { ...side, certificate: certificate && { ...certificate, commonName: '=cmd|x' } };
    const change = makeChange({ after: hostile, reason: '+1' });
    const text = await joinChunks(csv.write(streamChanges(change), LABELS));
    expect(text).toContain(`"'=cmd|x"`);
    expect(text).toContain(`"'+1"`);
  });

  it('writes thousands of rows in pieces', async () => {
    let chunks = 0;
    const many = Array.from({ length: 1000 }, () => makeChange());
    for await (const _ of csv.write(streamChanges(...many), LABELS)) chunks += 1;
    expect(chunks).toBeGreaterThan(3);
  });
});
