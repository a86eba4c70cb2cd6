import { describe, expect, it } from 'vitest';
import { createSilenceLedger, openSilenceLedger } from '../../../src/scan/pace/silence-ledger.js';
import { runWorker } from './run-worker.js';

function ipv4(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}

describe('a silence ledger', () => {
  it('gives an address up after so many silent ports', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 2, addresses: 10 });
    expect(ledger.isGivenUp('192.0.2.1')).toBe(false);
    ledger.silent('192.0.2.1');
    expect(ledger.isGivenUp('192.0.2.1')).toBe(false);
    ledger.silent('192.0.2.1');
    expect(ledger.isGivenUp('192.0.2.1')).toBe(true);
    expect(ledger.isGivenUp('192.0.2.2')).toBe(false);
  });

  it('never gives up who has answered, before or after', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 1, addresses: 10 });
    ledger.answered('192.0.2.1');
    ledger.silent('192.0.2.1');
    ledger.silent('192.0.2.2');
    expect(ledger.isGivenUp('192.0.2.2')).toBe(true);
    ledger.answered('192.0.2.2');
    ledger.silent('192.0.2.2');
    expect(['192.0.2.1', '192.0.2.2'].map(ledger.isGivenUp)).toEqual([false, false]);
  });

  it.each([
    ['in the first bit', '8000::1', '::1'],
    ['in the last bit', '2001:db8::1', '2001:db8::'],
    ['across pieces', '0:fff::', '0:ffe::'],
    ['between families', '::ffff:0:0:1', '0.0.0.1'],
  ])('tells addresses apart that differ %s', (_, silent, other) => {
    const ledger = createSilenceLedger({ giveUpAfter: 1, addresses: 10 });
    ledger.silent(silent);
    expect([ledger.isGivenUp(silent), ledger.isGivenUp(other)]).toEqual([true, false]);
  });

  it('keeps every bit of an address', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 1, addresses: 256 });
    const oneBit = (bit: number): string => {
      const digits = (1n << BigInt(bit)).toString(16).padStart(32, '0');
      return digits.replace(/.{4}(?=.)/g, '$&:');
    };
    const addresses = Array.from({ length: 128 }, (_, bit) => oneBit(bit));
    for (const address of addresses.filter((_, bit) => bit % 2 === 0)) ledger.silent(address);
    expect(addresses.map(ledger.isGivenUp)).toEqual(addresses.map((_, bit) => bit % 2 === 0));
  });

  it('learns nothing of what is no address', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 1, addresses: 10 });
    for (const text of ['fe80::1%eth0', 'a.example', '']) {
      ledger.silent(text);
      expect(ledger.isGivenUp(text)).toBe(false);
    }
  });

  it('stops learning when it is full, and is not wrong about anybody', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 2, addresses: 100 });
    for (let index = 0; index < 10_000; index += 1) ledger.silent(ipv4(index));
    for (let index = 0; index < 10_000; index += 1) expect(ledger.isGivenUp(ipv4(index))).toBe(false);
    for (let index = 0; index < 10_000; index += 2) ledger.silent(ipv4(index));
    const givenUp = Array.from({ length: 10_000 }, (_, index) => index).filter((index) =>
      ledger.isGivenUp(ipv4(index)),
    );
    expect(givenUp.length).toBeGreaterThan(40);
    expect(givenUp.every((index) => index % 2 === 0)).toBe(true);
  });

  it('learns all that it was made for', () => {
    const ledger = createSilenceLedger({ giveUpAfter: 1, addresses: 50_000 });
    for (let index = 0; index < 50_000; index += 1) ledger.silent(ipv4(index));
    expect(Array.from({ length: 50_000 }, (_, index) => ipv4(index)).every(ledger.isGivenUp)).toBe(true);
  });

  it('takes the memory that it says, and no more than 48 MiB', () => {
    const bytes = (addresses: number) =>
      createSilenceLedger({ giveUpAfter: 1, addresses }).share.buffer.byteLength;
    for (const addresses of [1000, 3000, 100_000]) {
      expect(bytes(addresses) / addresses).toBeGreaterThanOrEqual(32);
      expect(bytes(addresses) / addresses).toBeLessThanOrEqual(64);
    }
    expect(bytes(2 ** 48)).toBe(48 * 1024 * 1024);
  });

  it('refuses to give up before anything was tried', () => {
    expect(() => createSilenceLedger({ giveUpAfter: 0, addresses: 1 })).toThrow(RangeError);
  });

  it('counts each port once, though worker threads note them together', async () => {
    const ports = 6;
    const ledger = createSilenceLedger({ giveUpAfter: ports, addresses: 5000 });
    const addresses = Array.from({ length: 5000 }, (_, index) =>
      index % 2 ? ipv4(index) : `2001:db8::${index}`,
    );
    const answering = addresses.filter((_, index) => index % 5 === 0);
    const twice = [...addresses, ...addresses];
    const none = { share: ledger.share, addresses: twice, answering: [] };
    await Promise.all([
      runWorker('note-silence.ts', none),
      runWorker('note-silence.ts', { ...none, answering }),
      runWorker('note-silence.ts', { ...none, addresses }),
    ]);
    const { isGivenUp, silent } = openSilenceLedger(ledger.share);
    expect(addresses.some(isGivenUp)).toBe(false);
    for (const address of addresses) silent(address);
    expect(addresses.filter((address) => !isGivenUp(address))).toEqual(answering);
  });
});
