import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/report/change-formats/markdown.js';
import { APPEARED, joinChunks, makeChange, streamChanges } from '../sample-change.js';

const LABELS = { before: 'run 1', after: 'run_2' };

describe('changes as Markdown', () => {
  it('writes a table for each kind', async () => {
    const text = await joinChunks(markdown.write(streamChanges(APPEARED, makeChange()), LABELS));
    expect(text).toBe(`# Certificate changes

From run 1 to run\\_2.

## Renewed: another certificate for the same names (1)

| endpoint | before | after | why |
|---|---|---|---|
| 192.0.2.7:443 | old.example 2026-12-04 | new.example 2026-12-04 | expires 2027-03-01, before 2026-12-04; the key is new |

## Findings that appeared (1)

| endpoint | before | after | why |
|---|---|---|---|
| 192.0.2.7:443 |  | expiring (medium) | certificate expires in 12 days, on 2026-12-04 |
`);
  });

  it('says so where nothing has changed', async () => {
    expect(await joinChunks(markdown.write(streamChanges(), LABELS))).toContain('Nothing has changed.');
  });

  it('shows a hundred of a kind, counts the others, and lets no markup through', async () => {
    const many = Array.from({ length: 103 }, () => makeChange({ reason: '| <img> [x](y)\n# head' }));
    const text = await joinChunks(markdown.write(streamChanges(...many), LABELS));
    expect(text).toContain('same names (103)');
    expect(text).toContain('\n3 more.\n');
    expect(text).toContain('\\| \\<img\\> \\[x\\](y) #<!-- --> head |');
    expect(text.split('\n').filter((line) => line.startsWith('| 192'))).toHaveLength(100);
  });
});
