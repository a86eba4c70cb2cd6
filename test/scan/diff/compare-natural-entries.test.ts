import { describe, expect, it } from 'vitest';
import { compareNaturalEntries } from '../../../src/scan/diff/compare-natural-entries.js';
import type { NaturalEntry } from '../../../src/store/view-entry.js';

function makeEntry(changes: Partial<NaturalEntry>): NaturalEntry {
  return {
    endpointId: 1,
    runId: 1,
    observedAt: 0,
    plannedProtocol: null,
    outcomeId: 1,
    chainId: null,
    judgementId: 1,
    address: '0A000001',
    port: 443,
    protocol: 'tls',
    serverName: '',
    host: '',
    chainHash: '',
    judgementHash: '',
    ...changes,
  };
}

describe('compareNaturalEntries', () => {
  it.each([
    ['addresses as bytes', { address: '09FFFFFF' }, {}],
    ['none before any', { address: '' }, {}],
    ['ports as numbers', { port: 9 }, { port: 10 }],
    ['protocols', { protocol: 'smtp' }, { protocol: 'tls' }],
    ['server names', { serverName: 'a.example' }, { serverName: 'b.example' }],
    ['hosts last', { host: 'a.example' }, { host: 'b.example' }],
    ['texts as SQLite does, by UTF-8', { host: '\uff41.example' }, { host: '\u{1f600}.example' }],
  ])('orders %s', (_, less, more) => {
    expect(compareNaturalEntries(makeEntry(less), makeEntry(more))).toBeLessThan(0);
    expect(compareNaturalEntries(makeEntry(more), makeEntry(less))).toBeGreaterThan(0);
    expect(compareNaturalEntries(makeEntry(less), makeEntry(less))).toBe(0);
  });
});
