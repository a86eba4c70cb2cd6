import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/report/formats/markdown.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeRecord, makeRefusedRecord } from '../sample-record.js';

describe('Markdown', () => {
  it('tells totals, findings and what needs action', async () => {
    const text = (await collectExport(markdown, [makeRecord(), makeRefusedRecord()])).toString();
    expect(text).toBe(
      `# Certificate report

2026-11-22 12:00 UTC; last scan 2026-11-22 10:00 UTC

1 certificates on 2 endpoints; 1 endpoints need action.

## Totals

| by | |
|---|---|
| Status of endpoints | Warning: 1, No certificate: 1 |
| Grade of endpoints | B: 1 |
| Time left of certificates | 8 to 30 days: 1 |
| Key of certificates | RSA 2048: 1 |
| CA of certificates | Example: 1 |

## Findings

| severity | finding | endpoints | what to do |
|---|---|---:|---|
| medium | expiring | 1 | renew it |
| low | no-tls13 | 1 | turn it on |

## Needs action

| severity | endpoint | common name | status | grade | expires (UTC) | findings | owner |
|---|---|---|---|---|---|---|---|
| medium | mail.example@\\[2001:db8::1\\]:25/smtp | mail.example | Warning | B | 2026-12-04 00:00 | expiring, no-tls13 |  |
`.replace('mail.example@', 'mail.example@<!-- -->'),
    );
  });

  it('says so when there is nothing to do', async () => {
    const text = (await collectExport(markdown, [])).toString();
    expect(text).toContain('## Findings\n\nNone.\n');
    expect(text).toContain('## Needs action\n\nNothing.\n');
  });

  it('names a hundred endpoints and counts the rest', async () => {
    const records = Array.from({ length: 130 }, (_, port) =>
      makeRecord({ endpoint: { ...makeRecord().endpoint, port } }),
    );
    const text = (await collectExport(markdown, records)).toString();
    expect(text.match(/^\| medium \| mail/gm)).toHaveLength(100);
    expect(text).toContain('\n30 more endpoints need action.\n');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s in its cell', async (_, text) => {
    const written = (await collectExport(markdown, [makeHostileRecord(text)])).toString();
    expect(written.length).toBeLessThan(10_000);
    expect(written).not.toMatch(/(?![\n])\p{Cc}/u);
    const bare = written.replaceAll('<!-- -->', '').replace(/\\./g, '');
    expect(bare).not.toMatch(/[<>`&[\]]|:\/\/|www\.e/);
    const rows = bare.split('\n').filter((line) => /^\| (?:medium|low) /.test(line));
    expect(rows.map((row) => row.split('|').length - 2)).toEqual([4, 4, 8]);
  });
});
