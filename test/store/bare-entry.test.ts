import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAddressBytes } from '../../src/store/address-bytes.js';
import {
  addressOfBareEntry,
  blockOfBareEntry,
  decodeBareEntries,
  encodeBareEntry,
  hasBareEntry,
  splitBareEntries,
  withoutBareEntry,
} from '../../src/store/bare-entry.js';

const START = Date.parse('2026-11-22T10:00:00.000Z');
const LONGEST_MS = 0xff_ffff * 100;

const addresses = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
);

function encode(last: number, ms: number): Buffer {
  const entry = encodeBareEntry(Uint8Array.of(10, 0, 0, last), START, START + ms);
  if (entry === null) throw new Error('it cannot be packed');
  return entry;
}

describe('packed entries', () => {
  it.each([
    ['10.1.2.0', '0a0102'],
    ['10.1.2.127', '0a0102'],
    ['10.1.2.128', '0a010280'],
    ['10.1.2.255', '0a010280'],
    ['2001:db8::1', '20010db80000000000000000000000'],
    ['2001:db8::ff', '20010db8000000000000000000000080'],
  ])('put %s into block %s', (address, block) => {
    expect(Buffer.from(blockOfBareEntry(encodeAddressBytes(address)) ?? []).toString('hex')).toBe(block);
  });

  it.each([null, 'fe80::1%eth0'])('have no block for %s', (address) => {
    expect(blockOfBareEntry(encodeAddressBytes(address))).toBeNull();
  });

  it('give back address and time, to the tenth of a second', () => {
    fc.assert(
      fc.property(addresses, fc.integer({ min: 0, max: LONGEST_MS + 99 }), (address, ms) => {
        const [entry] = decodeBareEntries(
          encodeBareEntry(address, START, START + ms) ?? Buffer.alloc(0),
          START,
        );
        expect(entry?.observedAt).toBe(START + Math.floor(ms / 100) * 100);
        const block = blockOfBareEntry(address) ?? new Uint8Array();
        expect([...addressOfBareEntry(block, entry?.last ?? -1)]).toEqual([...address]);
      }),
    );
  });

  it('keep blocks in the order of addresses', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        const [first, second] = [a, b].map(encodeAddressBytes);
        const blocks = [first, second].map((each) =>
          Buffer.from(blockOfBareEntry(each ?? Buffer.of()) ?? []),
        );
        const order = Buffer.compare(first ?? Buffer.of(), second ?? Buffer.of());
        const ofBlocks = Buffer.compare(blocks[0] ?? Buffer.of(), blocks[1] ?? Buffer.of());
        expect([0, order]).toContain(ofBlocks);
      }),
    );
  });

  it.each([
    ['before the run started', -1],
    ['more than 19 days after it', LONGEST_MS + 100],
    ['at no time at all', Number.NaN],
  ])('are none %s', (_, ms) => {
    expect(encodeBareEntry(Uint8Array.of(10, 0, 0, 1), START, START + ms)).toBeNull();
  });

  it('are found where an entry begins, and nowhere else', () => {
    const entries = Buffer.from('0102030405060708', 'hex');
    expect(hasBareEntry(entries, Buffer.from('05060708', 'hex'))).toBe(true);
    expect(hasBareEntry(entries, Buffer.from('03040506', 'hex'))).toBe(false);
    expect(hasBareEntry(Buffer.from('0000000001000000', 'hex'), Buffer.from('00000001', 'hex'))).toBe(false);
  });

  it('part by address, and lose one', () => {
    const [a, b, c] = [encode(1, 0), encode(2, 500), encode(1, 900)];
    const all = Buffer.concat([a, b, c]);
    expect(splitBareEntries(all, 1)).toEqual([Buffer.concat([a, c]), b]);
    expect(withoutBareEntry(all, b)).toEqual(Buffer.concat([a, c]));
  });
});
