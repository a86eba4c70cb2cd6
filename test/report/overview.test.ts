import { describe, expect, it } from 'vitest';
import type { OverviewFacts } from '../../src/model/overview-facts.js';
import { findExpiryWindow } from '../../src/report/expiry-window.js';
import { makeOverview } from '../../src/report/overview.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const DAY = 86_400_000;

/** Facts of certificates that end at these moments. */
function makeFactsOf(ends: readonly (number | null)[], changes: Partial<OverviewFacts> = {}): OverviewFacts {
  return {
    endpoints: ends.length,
    states: { live: ends.length },
    statuses: { Good: ends.length },
    certificates: ends.length,
    severities: { high: 1 },
    keys: [],
    signatures: [],
    validations: [],
    issuers: [],
    reusedKeys: 0,
    certificatesWithReusedKeys: 0,
    unused: 0,
    withExpiry: ends.filter((end) => end !== null).length,
    countEndingBefore: (moment) => ends.filter((end) => end !== null && end < moment).length,
    runs: [],
    ...changes,
  };
}

describe('an overview', () => {
  it('puts each certificate into the window that reports put it into', () => {
    const at = NOW.getTime();
    const ends = [-1, 0, 7 * DAY, 7 * DAY + 1, 30 * DAY, 60 * DAY, 90 * DAY, 365 * DAY, 365 * DAY + 1].map(
      (left) => at + left,
    );
    const all = [...ends, Date.UTC(9999, 11, 31, 23, 59, 59), null];
    for (const end of all) {
      const { certificates } = makeOverview(makeFactsOf([end]), NOW);
      const notAfter = end === null ? null : new Date(end).toISOString();
      expect(certificates.windows.filter(({ count }) => count > 0)).toEqual([
        { name: findExpiryWindow(notAfter, NOW), count: 1 },
      ]);
    }
    const { certificates } = makeOverview(makeFactsOf(all), NOW);
    expect(certificates).toMatchObject({
      total: 11,
      expired: 1,
      expiringIn7Days: 2,
      expiringIn30Days: 4,
      expiringIn90Days: 6,
      severities: { none: 10, high: 1, info: 0 },
    });
  });

  it('names CAs by their organisation, ten of them, and adds up the others', () => {
    const issuers = Array.from({ length: 24 }, (_, index) => ({
      value: `CN=CA ${index},O=Org ${Math.floor(index / 2)}`,
      count: 10,
    }));
    const facts = makeFactsOf(
      Array.from({ length: 250 }, () => null),
      { issuers: [...issuers, { value: 'CN=\u001b[2J', count: 1 }, { value: null, count: 9 }] },
    );
    const { authorities } = makeOverview(facts, NOW).certificates;
    expect(authorities).toHaveLength(11);
    expect(authorities[0]).toEqual({ name: 'Org 0', count: 20 });
    expect(authorities.at(-1)).toEqual({ name: 'Others', count: 50 });
    expect(authorities.reduce((sum, { count }) => sum + count, 0)).toBe(250);
  });

  it('names keys and hashes as reports do', () => {
    const { keyLengths, keyTypes, signatureHashes } = makeOverview(
      makeFactsOf([null, null, null], {
        keys: [
          { type: 'RSA', bits: 2048, count: 1 },
          { type: 'RSA', bits: 4096, count: 1 },
          { type: null, bits: null, count: 1 },
        ],
        signatures: [
          { value: 'sha256WithRSAEncryption', count: 1 },
          { value: 'ecdsa-with-SHA256', count: 1 },
          { value: 'Ed25519', count: 1 },
        ],
      }),
      NOW,
    ).certificates;
    expect(keyTypes).toEqual([
      { name: 'RSA', count: 2 },
      { name: 'Unknown', count: 1 },
    ]);
    expect(keyLengths.map(({ name }) => name)).toEqual(['RSA 2048', 'RSA 4096', 'Unknown']);
    expect(signatureHashes).toEqual([
      { name: 'SHA-256', count: 2 },
      { name: 'Ed25519', count: 1 },
    ]);
  });

  it('says when nothing was scanned', () => {
    expect(makeOverview(makeFactsOf([]), NOW)).toMatchObject({ lastRun: null, trend: [] });
  });
});
