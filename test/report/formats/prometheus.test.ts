import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { prometheus } from '../../../src/report/formats/prometheus.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { makeCertificateRecord, makeRecord, makeRefusedRecord } from '../sample-record.js';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format by its grammar; each metric must stand together, with HELP and TYPE before it. */
async function readMetrics(records: Iterable<InventoryRecord>): Promise<Map<string, Sample[]>> {
  const bytes = await collectExport(prometheus, records);
  const text = bytes.toString('utf8');
  expect(Buffer.from(text).equals(bytes)).toBe(true);
  expect(text.endsWith('\n')).toBe(true);
  const metrics = new Map<string, Sample[]>();
  let current = '';
  let helped = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-z0-9_]+) (.+)$/.exec(line);
    if (comment?.[1] === 'HELP') {
      helped = comment[2] ?? '';
      expect(metrics.has(helped)).toBe(false);
      continue;
    }
    if (comment) {
      current = comment[2] ?? '';
      expect([current, comment[3]]).toEqual([helped, 'gauge']);
      metrics.set(current, []);
      continue;
    }
    const match = /^([a-z0-9_]+)(?:\{(.*)\})? (-?\d+)$/.exec(line);
    if (match?.[1] !== current) throw new Error(`no sample of ${current}: ${line.slice(0, 200)}`);
    metrics.get(current)?.push({ labels: readLabels(match[2] ?? ''), value: Number(match[3]) });
  }
  return metrics;
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const pair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/gy;
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text);
    if (!match?.[1]) throw new Error(`no labels: ${text.slice(0, 200)}`);
    expect(labels).not.toHaveProperty(match[1]);
    labels[match[1]] = (match[2] ?? '').replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
  }
  return labels;
}

describe('metrics', () => {
  it('have the names and labels that exporters use', async () => {
    const metrics = await readMetrics([makeRecord(), makeRefusedRecord()]);
    const place = {
      host: 'mail.example',
      address: '2001:db8::1',
      port: '25',
      protocol: 'smtp',
      server_name: 'mail.example',
    };
    const seconds = Date.UTC(2026, 11, 4) / 1000;
    expect(metrics.get('x509_cert_not_after')).toEqual([
      {
        labels: {
          ...place,
          serial_number: '662316',
          subject_CN: 'mail.example',
          subject_O: 'Corp, Inc.',
          issuer_CN: 'Example CA',
          issuer_O: 'Example',
        },
        value: seconds,
      },
    ]);
    expect(metrics.get('ssl_cert_not_after')).toEqual([
      {
        labels: {
          ...place,
          serial_no: '662316',
          issuer_cn: 'Example CA',
          cn: 'mail.example',
          dnsnames: ',mail.example,*.mail.example,',
        },
        value: seconds,
      },
    ]);
    expect(metrics.get('ssl_tls_version_info')?.[0]?.labels).toEqual({ ...place, version: 'TLS 1.2' });
    expect(metrics.get('ssl_probe_success')?.map(({ value }) => value)).toEqual([1, 0]);
    expect(metrics.get('x509_cert_expired')?.map(({ value }) => value)).toEqual([0]);
  });

  it('count statuses, certificates and findings', async () => {
    const metrics = await readMetrics([makeRecord(), makeRecord(), makeRefusedRecord()]);
    expect(metrics.get('certsweep_certificates')).toEqual([{ labels: {}, value: 1 }]);
    expect(metrics.get('certsweep_endpoints')).toContainEqual({ labels: { status: 'Warning' }, value: 2 });
    expect(metrics.get('certsweep_findings')?.[0]).toEqual({
      labels: { finding: 'expiring', severity: 'medium' },
      value: 2,
    });
    expect(metrics.get('certsweep_last_scan_timestamp_seconds')?.[0]?.value).toBe(
      Date.UTC(2026, 10, 22, 10) / 1000,
    );
  });

  it('show an endpoint once, though it may come twice', async () => {
    const metrics = await readMetrics([makeRecord(), makeRecord()]);
    expect(metrics.get('x509_cert_not_after')).toHaveLength(1);
  });

  it('show a serial number as it is where it is too long to count', async () => {
    const metrics = await readMetrics([makeCertificateRecord({ serialNumber: 'ab'.repeat(30_000) })]);
    expect(metrics.get('x509_cert_not_after')?.[0]?.labels.serial_number).toMatch(/^(ab){255}a?…$/);
  });

  it('leave out times that cannot be read', async () => {
    const metrics = await readMetrics([makeCertificateRecord({ notAfter: null, notBefore: 'x' })]);
    expect(metrics.get('x509_cert_not_after')).toEqual([]);
    expect(metrics.get('ssl_cert_not_before')).toEqual([]);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keep %s in its label', async (_, text) => {
    const metrics = await readMetrics([makeHostileRecord(text)]);
    for (const samples of metrics.values())
      for (const { labels } of samples)
        for (const label of Object.values(labels)) {
          expect(label.length).toBeLessThanOrEqual(512);
          expect(label).not.toMatch(/[\p{Cc}\u202e]/u);
        }
    expect(metrics.has('evil')).toBe(false);
  });
});
