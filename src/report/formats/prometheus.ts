import { createHash } from 'node:crypto';
import type { Endpoint } from '../../model/endpoint.js';
import type { ExportFormat } from '../export-format.js';
import { ExportSummary } from '../export-summary.js';
import { FingerprintSet } from '../fingerprint-set.js';
import { ENDPOINT_METRICS, formatEndpointSample } from '../prometheus/endpoint-metrics.js';
import { formatSample } from '../prometheus/sample.js';
import { Spool } from '../spool.js';

/** Metrics in the text format of Prometheus, for the textfile collector of node_exporter. */
export const prometheus: ExportFormat = {
  name: 'prometheus',
  title: 'Metrics for Prometheus',
  description:
    "For alerts and dashboards: totals, and for each endpoint when its certificate begins and ends, under the names that x509-certificate-exporter and ssl_exporter use. Write it to the folder of node_exporter's textfile collector (`--out`), where a file that is already there keeps its permissions; `x509_cert_not_after - time() < 14 * 86400` finds what expires within two weeks. Of what nobody uses it tells no expiry, so that no alert fires for it.",
  extension: 'prom',
  mediaType: 'text/plain; version=0.0.4; charset=utf-8',
  hasFields: false,
  async *write(records, { now }) {
    const summary = new ExportSummary(now, 0);
    // Collectors reject a file in which two samples are named alike.
    const places = new FingerprintSet();
    // All samples of a metric stand together, so each metric's wait until all records have been read.
    const spools = ENDPOINT_METRICS.map((metric) => ({ metric, spool: new Spool() }));
    try {
      for await (const record of records) {
        summary.add(record);
        if (!places.add(hashEndpoint(record.endpoint))) continue;
        for (const { metric, spool } of spools) {
          const sample = formatEndpointSample(metric, record, now);
          if (sample !== '') await spool.append(sample);
        }
      }
      yield formatTotals(summary);
      for (const { metric, spool } of spools) {
        yield formatHead(metric.name, metric.help);
        yield* spool.read();
      }
    } finally {
      for (const { spool } of spools) await spool.close();
    }
  },
};

function hashEndpoint({ host, address, port, protocol, serverName }: Endpoint): string {
  return createHash('sha256')
    .update(JSON.stringify([host, address, port, protocol, serverName]))
    .digest('hex');
}

function formatTotals(summary: ExportSummary): string {
  const { certificates, lastScan, statuses } = summary;
  return [
    formatHead('certsweep_certificates', 'Distinct certificates in this export.'),
    formatSample('certsweep_certificates', {}, certificates),
    formatHead('certsweep_endpoints', 'Endpoints in this export by status.'),
    ...[...statuses].map(([status, count]) => formatSample('certsweep_endpoints', { status }, count)),
    formatHead(
      'certsweep_findings',
      'Endpoints by what is wrong with them, and how severe that is at worst.',
    ),
    ...summary
      .findings()
      .map(({ id, severity, endpoints }) =>
        formatSample('certsweep_findings', { finding: id, severity }, endpoints),
      ),
    formatHead('certsweep_last_scan_timestamp_seconds', 'When the latest of these observations was made.'),
    ...(lastScan === null
      ? []
      : [formatSample('certsweep_last_scan_timestamp_seconds', {}, Math.floor(Date.parse(lastScan) / 1000))]),
  ].join('');
}

function formatHead(name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
}
