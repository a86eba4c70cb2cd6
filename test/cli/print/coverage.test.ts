import { describe, expect, it } from 'vitest';
import { formatCoverage } from '../../../src/cli/print/coverage.js';
import type { Coverage } from '../../../src/model/coverage.js';
import { OUTCOMES } from '../../../src/model/outcome.js';

const NONE = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Coverage['outcomes'];

function coverageOf(subnets: number): Coverage {
  return {
    outcomes: NONE,
    ports: [
      { port: 25, protocol: 'smtp', counts: { tls: 1, 'starttls-refused': 2 } },
      { port: 443, protocol: 'tls', counts: { tls: 1500, refused: 3, 'connect-timeout': 4, unreachable: 5 } },
    ],
    subnets: Array.from({ length: subnets }, (_, index) => ({
      subnet: `10.0.${index}.0/24`,
      counts: { tls: index, refused: 1 },
    })),
  };
}

describe('formatCoverage', () => {
  it('adds up what there is of each port, and says nothing of a single network', () => {
    expect(formatCoverage(coverageOf(1), 10)).toBe(
      [
        'Port     Observed  Certificate  Refused  Silent  Unreachable  Other',
        '25/smtp         3            1        0       0            0      2',
        '443         1,512        1,500        3       4            5      0',
      ].join('\n'),
    );
    expect(formatCoverage(coverageOf(1), null)).toContain('10.0.0.0/24');
  });

  it('spares a summary the table that has a row for each endpoint', () => {
    const ports = [443, 8443].map((port) => ({ port, protocol: 'tls', counts: { refused: 1 } }));
    expect(formatCoverage({ outcomes: NONE, ports, subnets: [] }, 10)).toBe('');
    expect(formatCoverage({ outcomes: NONE, ports, subnets: [] }, null)).toContain('8443');
  });

  it('shows those with most certificates, and the sum of the others', () => {
    const lines = formatCoverage(coverageOf(20), 4).split('\n').slice(4);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['Network', 'Observed', 'Certificate', 'Refused', 'Silent', 'Unreachable', 'Other'],
      ['10.0.19.0/24', '20', '19', '1', '0', '0', '0'],
      ['10.0.18.0/24', '19', '18', '1', '0', '0', '0'],
      ['10.0.17.0/24', '18', '17', '1', '0', '0', '0'],
      ['17 others', '153', '136', '17', '0', '0', '0'],
    ]);
  });
});
