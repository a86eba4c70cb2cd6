import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { ics } from '../../../src/report/formats/ics.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord } from '../sample-record.js';

/** Reads content lines by RFC 5545, section 3.1, unfolded; anything else is an error. */
async function readLines(records: Iterable<InventoryRecord>): Promise<(readonly [string, string])[]> {
  const bytes = await collectExport(ics, records);
  const text = bytes.toString('utf8');
  expect(Buffer.from(text).equals(bytes)).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const lines = text.slice(0, -2).split('\r\n');
  for (const line of lines) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/\p{Cc}/u);
  }
  return lines
    .join('\r\n')
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => {
      const match = /^([A-Z-]+):(.*)$/s.exec(line);
      if (!match?.[1]) throw new Error(`no content line: ${JSON.stringify(line)}`);
      return [match[1], match[2] ?? ''];
    });
}

const valuesOf = (lines: readonly (readonly [string, string])[], name: string) =>
  lines.filter(([each]) => each === name).map(([, value]) => value);

describe('calendar', () => {
  it('reminds nobody of what is unused', async () => {
    const lines = await readLines([makeRecord({ unused: true })]);
    expect(valuesOf(lines, 'SUMMARY')).toEqual([]);
  });

  it('has one event for each certificate, with all its endpoints, in the order of expiry', async () => {
    const later = makeCertificateRecord({
      fingerprintSha256: '01'.repeat(32),
      notAfter: '2027-01-01T00:00:00.000Z',
      commonName: 'late; "x", y\\z',
    });
    const elsewhere = makeRecord({ endpoint: { ...makeRecord().endpoint, port: 587 } });
    const lines = await readLines([later, makeRecord(), makeRefusedRecord(), elsewhere]);
    expect(valuesOf(lines, 'UID')).toEqual([`${'ab'.repeat(32)}@certsweep`, `${'01'.repeat(32)}@certsweep`]);
    expect(valuesOf(lines, 'DTSTART')).toEqual(['20261204T000000Z', '20270101T000000Z']);
    expect(new Set(valuesOf(lines, 'DTSTAMP'))).toEqual(new Set(['20261122T120000Z']));
    expect(valuesOf(lines, 'SUMMARY')).toEqual([
      'Certificate of mail.example expires (2 endpoints)',
      'Certificate of late\\; "x"\\, y\\\\z expires',
    ]);
    expect(lines.filter(([name]) => name === 'DESCRIPTION')[0]?.[1]).toBe(
      `Issuer: CN=Example CA\\,O=Example\\nSHA-256: ${'ab'.repeat(32)}\\nEndpoints:\\n` +
        'mail.example@[2001:db8::1]:25/smtp\\nmail.example@[2001:db8::1]:587/smtp',
    );
    expect(valuesOf(lines, 'TRIGGER').slice(0, 4)).toEqual(['-P30D', '-P14D', '-P7D', '-P1D']);
  });

  it('names fifty endpoints of a certificate and counts the rest', async () => {
    const records = Array.from({ length: 60 }, (_, port) =>
      makeRecord({ endpoint: { ...makeRecord().endpoint, port } }),
    );
    const lines = await readLines(records);
    expect(valuesOf(lines, 'SUMMARY')).toEqual(['Certificate of mail.example expires (60 endpoints)']);
    expect(valuesOf(lines, 'DESCRIPTION')[0]).toMatch(/:49\/smtp\\nand 10 more$/);
  });

  it.each(['9999-12-31T23:59:59.000Z', null, '+010000-01-01T00:00:00.000Z', 'rubbish'])(
    'leaves out a certificate that ends %s',
    async (notAfter) => {
      const lines = await readLines([makeCertificateRecord({ notAfter })]);
      expect(lines).toHaveLength(6);
    },
  );

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s in its place', async (_, text) => {
    const lines = await readLines([makeHostileRecord(text)]);
    expect(valuesOf(lines, 'BEGIN')).toEqual(['VCALENDAR', 'VEVENT', 'VALARM', 'VALARM', 'VALARM', 'VALARM']);
    expect(valuesOf(lines, 'UID')).toHaveLength(1);
    for (const value of [...valuesOf(lines, 'SUMMARY'), ...valuesOf(lines, 'DESCRIPTION')])
      expect(value).toMatch(/^(?:[^\\;,]|\\[\\;,n])*$/);
  });
});
