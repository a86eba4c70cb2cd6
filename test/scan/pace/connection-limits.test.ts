import { describe, expect, it } from 'vitest';
import { createConnectionLimits, openConnectionLimits } from '../../../src/scan/pace/connection-limits.js';
import { runWorker } from './run-worker.js';

const OPTIONS = { perAddress: 2, perSubnet: 3, workers: 2 };

describe('connection limits', () => {
  it('hold an address to its limit across workers', () => {
    const limits = createConnectionLimits(OPTIONS);
    const [one, two] = [limits.forWorker(0), openConnectionLimits(limits.share, 1)];
    expect([one.tryTake('192.0.2.1'), two.tryTake('192.0.2.1')]).toEqual([true, true]);
    expect([one.tryTake('192.0.2.1'), two.tryTake('192.0.2.1')]).toEqual([false, false]);
    one.release('192.0.2.1');
    expect(two.tryTake('192.0.2.1')).toBe(true);
  });

  it.each<[string, string[], string]>([
    ['a /24', ['192.0.2.1', '192.0.2.2', '192.0.2.255'], '192.0.3.1'],
    ['an IPv6 /64', ['2001:db8::1', '2001:db8::ffff:0:0:2', '2001:db8:0:0:1::'], '2001:db8:0:1::1'],
  ])('hold %s to its limit', (_, [first = '', second = '', third = ''], outside) => {
    const limits = createConnectionLimits(OPTIONS).forWorker(0);
    expect([first, second, third].map((address) => limits.tryTake(address))).toEqual([true, true, true]);
    expect(limits.tryTake(first)).toBe(false);
    expect(limits.tryTake(outside)).toBe(true);
    limits.release(third);
    // Being turned away has cost nobody a place.
    expect(limits.tryTake(first)).toBe(true);
    expect(limits.tryTake(first)).toBe(false);
  });

  it.each([
    ['IPv4 in IPv6 notation', '::ffff:192.0.2.1', '192.0.2.1'],
    ['two spellings', '2001:DB8:0:0::1', '2001:db8::1'],
    ['the same address on two links', 'fe80::1%eth0', 'fe80::1%eth1'],
    ['the same name', 'a.example', 'a.example'],
  ])('know %s for one address', (_, first, second) => {
    const limits = createConnectionLimits({ ...OPTIONS, perAddress: 1 }).forWorker(0);
    expect([limits.tryTake(first), limits.tryTake(second)]).toEqual([true, false]);
    limits.release(second);
    expect(limits.tryTake(first)).toBe(true);
  });

  it('tell names apart', () => {
    const limits = createConnectionLimits({ ...OPTIONS, perAddress: 1 }).forWorker(0);
    const names = ['a.example', 'b.example', 'ab.example', 'ba.example', ''];
    expect(names.map((name) => limits.tryTake(name))).toEqual(names.map(() => true));
  });

  it('give back all that a dead worker held, and nothing else', () => {
    const limits = createConnectionLimits({ perAddress: 2, perSubnet: 100, workers: 3 });
    const [dead, living] = [limits.forWorker(2), limits.forWorker(0)];
    for (const address of ['192.0.2.1', '192.0.2.1', '2001:db8::1']) dead.tryTake(address);
    living.tryTake('2001:db8::1');
    expect([living.tryTake('192.0.2.1'), living.tryTake('2001:db8::1')]).toEqual([false, false]);
    limits.releaseAllOf(2);
    expect(['192.0.2.1', '192.0.2.1', '192.0.2.1'].map((each) => living.tryTake(each))).toEqual([
      true,
      true,
      false,
    ]);
    expect([living.tryTake('2001:db8::1'), living.tryTake('2001:db8::1')]).toEqual([true, false]);
    expect(limits.forWorker(2).tryTake('192.0.2.9')).toBe(true);
  });

  it('notice a place given back that was never taken', () => {
    const limits = createConnectionLimits(OPTIONS);
    limits.forWorker(0).tryTake('192.0.2.1');
    expect(() => limits.forWorker(1).release('192.0.2.1')).toThrow('nobody held');
  });

  it('can be as good as none', () => {
    const options = { perAddress: 1_000_000, perSubnet: 1_000_000, workers: 1 };
    const limits = createConnectionLimits(options).forWorker(0);
    let taken = 0;
    while (taken < 5000 && limits.tryTake('192.0.2.1')) taken += 1;
    expect(taken).toBe(5000);
  });

  it.each([
    [{ ...OPTIONS, perAddress: 0 }, 'perAddress'],
    [{ ...OPTIONS, perSubnet: 1.5 }, 'perSubnet'],
    [{ ...OPTIONS, workers: -1 }, 'workers'],
  ])('cannot be made of %j', (options, name) => {
    expect(() => createConnectionLimits(options)).toThrow(name);
  });

  it('know their workers', () => {
    const limits = createConnectionLimits(OPTIONS);
    expect(() => limits.forWorker(2)).toThrow('no worker 2 of 2');
    expect(() => limits.releaseAllOf(-1)).toThrow('no worker -1 of 2');
  });

  it('are never passed, though worker threads race for them', async () => {
    const workers = 3;
    const limits = createConnectionLimits({ perAddress: 2, perSubnet: 100, workers });
    const held = new SharedArrayBuffer(8);
    const race = { share: limits.share, address: '192.0.2.1', takes: 20_000, held };
    const turnedAway = await Promise.all(
      Array.from({ length: workers }, (_, worker) => runWorker('race-for-places.ts', { ...race, worker })),
    );
    expect(turnedAway.every((count) => typeof count === 'number')).toBe(true);
    const [now = -1, most = -1] = new Int32Array(held);
    expect(now).toBe(0);
    expect(most).toBeLessThanOrEqual(2);
    expect(most).toBeGreaterThanOrEqual(1);
    expect(new Uint16Array(limits.share.buffer).every((count) => count === 0)).toBe(true);
  });
});
