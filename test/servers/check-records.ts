import type { ObservationRecord } from '../../src/model/observation-record.js';
import type { LabServer } from './lab.js';

/** What a scan of the lab got wrong, a sentence each; empty: each server once, each as expected, and none besides. */
export function checkRecords(servers: readonly LabServer[], records: readonly ObservationRecord[]): string[] {
  const complaints = servers.flatMap((server) => {
    const [record, ...more] = records.filter(({ endpoint }) => endpoint.port === server.port);
    if (record === undefined || more.length > 0) return [`${server.name}: not recorded exactly once`];
    return checkRecord(server, record);
  });
  const ports = new Set(servers.map(({ port }) => port));
  const strangers = records.filter(({ endpoint }) => !ports.has(endpoint.port));
  return [...complaints, ...strangers.map(({ endpoint }) => `port ${endpoint.port} is no server of the lab`)];
}

function checkRecord({ name, serverName, protocol, expect }: LabServer, record: ObservationRecord): string[] {
  const findings = record.findings.map(({ id }) => id).sort();
  const comparisons: readonly [what: string, actual: string | null, expected: string | null][] = [
    ['server name', record.endpoint.serverName, serverName],
    ['protocol', record.endpoint.protocol, protocol],
    ['outcome', record.outcome, expect.outcome],
    ['status', record.status, expect.status],
    ['path', record.path.status, expect.path],
    ['findings', findings.join(' '), expect.findings.join(' ')],
    ['failure', record.failure === null ? 'none' : 'some', expect.outcome === 'tls' ? 'none' : 'some'],
    ['certificate', record.certificate === null ? 'none' : 'some', expect.path === 'none' ? 'none' : 'some'],
  ];
  return comparisons
    .filter(([, actual, expected]) => actual !== expected)
    .map(
      ([what, actual, expected]) =>
        `${name}: ${what} is "${actual}" instead of "${expected}"${explain(record)}`,
    );
}

function explain({ failure, path }: ObservationRecord): string {
  const reason = failure?.detail ?? path.reason;
  return reason === null ? '' : ` (${reason})`;
}
