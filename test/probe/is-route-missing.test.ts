import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/model/observation.js';
import { isRouteMissing } from '../../src/probe/is-route-missing.js';

function failed(outcome: ProbeResult['outcome'], code: string): ProbeResult {
  return { outcome, failure: { stage: 'connect', code, detail: '' }, handshake: null };
}

describe('isRouteMissing', () => {
  it.each(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])('says yes to %s', (code) => {
    expect(isRouteMissing(failed('unreachable', code))).toBe(true);
  });

  it.each<[string, ProbeResult]>([
    ['want of local ports', failed('internal', 'EADDRNOTAVAIL')],
    ['a proxy that cannot be reached', failed('unreachable', 'proxy-unreachable')],
    ['a firewall that forbids', failed('unreachable', 'EACCES')],
    ['silence', failed('connect-timeout', 'timeout')],
    ['a success', { outcome: 'tls', failure: null, handshake: null }],
  ])('says no to %s', (_, result) => {
    expect(isRouteMissing(result)).toBe(false);
  });
});
