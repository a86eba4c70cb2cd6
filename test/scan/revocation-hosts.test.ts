import { describe, expect, it } from 'vitest';
import type { FetchFailure } from '../../src/probe/fetch-failure.js';
import { makeRevocationHosts } from '../../src/scan/revocation-hosts.js';

const TIMEOUT: FetchFailure = { code: 'timeout', detail: 'no answer within 10000 ms' };
const NOT_FOUND: FetchFailure = { code: 'status', detail: 'the server answers with status 404' };
const A = 'http://a.example/ocsp';

describe('makeRevocationHosts', () => {
  it('refuses a server that failed three times on end, whatever the path, for a minute', () => {
    let time = Date.UTC(2026, 10, 22);
    const hosts = makeRevocationHosts(() => new Date(time));
    hosts.note(A, TIMEOUT);
    hosts.note(A, TIMEOUT);
    expect(hosts.refuses(A)).toBeNull();
    hosts.note(A, TIMEOUT);
    expect(hosts.refuses('http://a.example/crl')).toBe(
      'not asked, as a.example failed 3 times on end: no answer within 10000 ms',
    );
    expect(hosts.refuses('http://a.example:8080/')).toBeNull();
    expect(hosts.refuses('http://b.example/')).toBeNull();
    time += 60_000;
    expect(hosts.refuses(A)).toBeNull();
  });

  it('forgives a server that answers, be it with an error', () => {
    const hosts = makeRevocationHosts(() => new Date());
    for (const answer of [null, NOT_FOUND]) {
      for (const failure of [TIMEOUT, TIMEOUT, answer, TIMEOUT]) hosts.note(A, failure);
      expect(hosts.refuses(A)).toBeNull();
    }
  });
});
