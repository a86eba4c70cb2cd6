import { expect, it } from 'vitest';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { ExportSummary } from '../../src/report/export-summary.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord, NOW } from './sample-record.js';

function summarize(records: readonly InventoryRecord[], rows = 10): ExportSummary {
  const summary = new ExportSummary(NOW, rows);
  for (const record of records) summary.add(record);
  return summary;
}

it('counts each certificate once and each endpoint', () => {
  const other = makeCertificateRecord({
    fingerprintSha256: '12'.repeat(32),
    keyType: 'Ed25519',
    keyBits: 256,
    issuer: 'CN=only a name',
    notAfter: '9999-12-31T23:59:59.000Z',
  });
  const summary = summarize([makeRecord(), makeRecord(), other, makeRefusedRecord()]);
  expect(summary.endpoints).toBe(4);
  expect(summary.certificates).toBe(2);
  expect(summary.statuses.get('Warning')).toBe(3);
  expect(summary.windows.get('8 to 30 days')).toBe(1);
  expect(summary.windows.get('Never')).toBe(1);
  expect(summary.keyLengths.top(5).counts.map(({ name }) => name)).toEqual(['Ed25519', 'RSA 2048']);
  expect(summary.authorities.top(5).counts.map(({ name }) => name)).toEqual(['Example', 'only a name']);
  expect(summary.lastScan).toBe('2026-11-22T10:00:00.123Z');
});

it('counts a finding once for each endpoint, at its worst, and leaves out what is accepted', () => {
  const [expiring, noTls13] = makeRecord().findings;
  if (!expiring || !noTls13) throw new Error('the sample has two findings');
  const waived = { owner: 'a', reason: 'b', until: '2027-01-01T00:00:00.000Z' };
  const summary = summarize([
    makeRecord({ findings: [expiring, { ...expiring, severity: 'critical' }, { ...noTls13, waived }] }),
    makeRecord({ findings: [noTls13] }),
  ]);
  expect(summary.findings()).toEqual([
    { id: 'expiring', severity: 'critical', endpoints: 1, advice: 'renew it' },
    { id: 'no-tls13', severity: 'low', endpoints: 1, advice: 'turn it on' },
  ]);
  expect(summary.needingAction).toBe(1);
});

it('counts the expiry of what is unused apart', () => {
  const [expiring, noTls13] = makeRecord().findings;
  if (!expiring || !noTls13) throw new Error('the sample has two findings');
  const summary = summarize([
    makeRecord({ unused: true }),
    makeRecord({ unused: true, findings: [noTls13] }),
    makeRecord({ findings: [expiring] }),
  ]);
  expect(summary.findings().map(({ id, endpoints }) => [id, endpoints])).toEqual([
    ['expiring', 1],
    ['no-tls13', 2],
  ]);
  expect(summary).toMatchObject({ needingAction: 1, unusedExpiring: 1 });
});

it('keeps the worst endpoints, the first to expire before others', () => {
  const [expiring] = makeRecord().findings;
  if (!expiring) throw new Error('the sample has findings');
  const records = Array.from({ length: 50 }, (_, i) => ({
    ...makeCertificateRecord({ notAfter: `2026-12-${String(31 - (i % 30)).padStart(2, '0')}T00:00:00.000Z` }),
    findings: [{ ...expiring, severity: i === 20 ? ('critical' as const) : ('medium' as const) }],
  }));
  const summary = summarize(records, 3);
  expect(summary.worst().map(({ severity, notAfter }) => [severity, notAfter?.slice(0, 10)])).toEqual([
    ['critical', '2026-12-11'],
    ['medium', '2026-12-02'],
    ['medium', '2026-12-03'],
  ]);
  expect(summary.needingAction).toBe(50);
});
