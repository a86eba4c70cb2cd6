import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '../../src/model/finding.js';
import type { Judgement, Status } from '../../src/model/judgement.js';
import type { Observation } from '../../src/model/observation.js';
import type { Outcome } from '../../src/model/outcome.js';
import { ScanSummary } from '../../src/report/scan-summary.js';
import { makeRecord } from './sample-record.js';

function judged(port: number, outcome: Outcome, status: Status, ...severities: Severity[]) {
  const { certificate, endpoint } = makeRecord();
  const findings: Finding[] = severities.map((severity) => ({
    id: `a-${severity}-fault`,
    severity,
    subject: null,
    message: 'it is wrong',
    advice: 'mend it',
    citation: 'RFC 5280',
  }));
  const failure = outcome === 'tls' ? null : ({ stage: 'connect', code: 'x', detail: 'no luck' } as const);
  const observation: Observation = {
    run: 'run',
    observedAt: '2026-11-22T10:00:00.000Z',
    endpoint: { ...endpoint, port },
    outcome,
    failure,
    handshake: null,
  };
  const judgement: Judgement = {
    presented: outcome === 'tls' && certificate ? [certificate] : [],
    path: { status: 'none', trustStores: [], certificates: [], reason: null },
    findings,
    status,
    grade: null,
  };
  return [observation, judgement] as const;
}

describe('ScanSummary', () => {
  it('counts outcomes, statuses and findings', () => {
    const summary = new ScanSummary(10);
    summary.add(...judged(1, 'tls', 'Good'));
    summary.add(...judged(2, 'tls', 'Warning', 'medium', 'low'));
    summary.add(...judged(3, 'refused', 'No certificate'));
    expect(summary).toMatchObject({ observations: 3, found: 2, failing: 1 });
    expect(summary.outcomes.get('tls')).toBe(2);
    expect(summary.outcomes.get('refused')).toBe(1);
    expect(summary.statuses.get('Warning')).toBe(1);
    expect(Object.fromEntries(summary.findings)).toEqual({ 'a-medium-fault': 1, 'a-low-fault': 1 });
  });

  it('names the worst first, and never more than it was told to', () => {
    const summary = new ScanSummary(4);
    for (let port = 100; port < 200; port += 1) summary.add(...judged(port, 'refused', 'No certificate'));
    summary.add(...judged(1, 'tls', 'Good'));
    summary.add(...judged(2, 'tls', 'Warning', 'medium'));
    summary.add(...judged(3, 'not-tls', 'No certificate'));
    summary.add(...judged(4, 'tls', 'Warning', 'high'));
    summary.add(...judged(5, 'tls', 'Expired', 'high'));
    for (let port = 200; port < 300; port += 1) summary.add(...judged(port, 'refused', 'No certificate'));
    expect(summary.worst().map(({ endpoint }) => endpoint.port)).toEqual([5, 4, 2, 3]);
  });
});
