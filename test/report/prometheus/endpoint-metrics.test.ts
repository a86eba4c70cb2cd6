import { describe, expect, it } from 'vitest';
import { ENDPOINT_METRICS, formatEndpointSample } from '../../../src/report/prometheus/endpoint-metrics.js';
import { makeRecord } from '../sample-record.js';

const NOW = new Date('2026-11-22T00:00:00.000Z');

function namesOf(changes: Parameters<typeof makeRecord>[0]): string[] {
  const record = makeRecord(changes);
  return ENDPOINT_METRICS.filter((metric) => formatEndpointSample(metric, record, NOW) !== '').map(
    ({ name }) => name,
  );
}

describe('metrics of an endpoint', () => {
  it('tell no expiry of what nobody uses, and all else', () => {
    const all = namesOf({});
    const missing = all.filter((name) => !namesOf({ unused: true }).includes(name));
    expect(missing).toEqual(['ssl_cert_not_after', 'x509_cert_expired', 'x509_cert_not_after']);
  });
});
