import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { makeProbeSlots, type ProbeSlots } from '../../../src/scan/engine/probe-slots.js';
import { createConnectionLimits } from '../../../src/scan/pace/connection-limits.js';
import { createPauseGate } from '../../../src/scan/pace/pause-gate.js';

function at(address: string | null): Endpoint {
  return { host: address ?? 'a.example', address, port: 443, protocol: 'tls', serverName: null };
}

function open(width: number, perAddress: number | null = null) {
  const gate = createPauseGate();
  const stopper = new AbortController();
  const limits = perAddress === null ? null : { perAddress, perSubnet: 1000, workers: 1 };
  const slots = makeProbeSlots({
    admission: limits && createConnectionLimits(limits).forWorker(0),
    rate: null,
    gate,
    width: { current: width },
    signal: stopper.signal,
  });
  return { gate, slots, stopper };
}

/** Begins an entry and says whether its probe was let in so far. */
function enter(slots: ProbeSlots, endpoint: Endpoint, afterMs?: number) {
  const state = { isIn: false, done: slots.enter(endpoint, afterMs) };
  slots.begin();
  void state.done.then((isIn) => {
    state.isIn = isIn;
  });
  return state;
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('probe slots', () => {
  it('give the room of a probe that waits for its address to another', async () => {
    const { slots } = open(2, 1);
    const first = enter(slots, at('192.0.2.1'));
    const second = enter(slots, at('192.0.2.1'));
    await settle();
    expect([first.isIn, second.isIn, slots.hasRoom]).toEqual([true, false, true]);
    const other = enter(slots, at('192.0.2.2'));
    await settle();
    expect([other.isIn, slots.hasRoom]).toEqual([true, false]);
    // The place at the address is free, but there is no room until an entry ends.
    slots.leave(at('192.0.2.1'));
    await settle();
    expect(second.isIn).toBe(false);
    slots.end();
    await settle();
    expect(second.isIn).toBe(true);
    expect(slots.hasRoom).toBe(false);
  });

  it('let nobody in while the gate is shut, and then all whom there is room for', async () => {
    const { gate, slots } = open(2);
    gate.pause('user');
    expect(slots.hasRoom).toBe(false);
    const waiting = [1, 2, 3].map((last) => enter(slots, at(`192.0.2.${last}`)));
    await settle();
    expect(waiting.map(({ isIn }) => isIn)).toEqual([false, false, false]);
    let changes = 0;
    slots.listen(() => {
      changes += 1;
    });
    gate.resume('user');
    await settle();
    expect(waiting.map(({ isIn }) => isIn)).toEqual([true, true, false]);
    expect(changes).toBe(1);
  });

  it('let a probe in after its time, and no sooner', async () => {
    const { slots } = open(1);
    const startedAt = performance.now();
    const late = enter(slots, at('192.0.2.1'), 50);
    await settle();
    expect([late.isIn, slots.hasRoom]).toEqual([false, true]);
    expect(await late.done).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
    expect(slots.hasRoom).toBe(false);
  });

  it('let nobody in once they are stopped', async () => {
    const { gate, slots, stopper } = open(5, 1);
    gate.pause('user');
    const waiting = [
      enter(slots, at('192.0.2.1')),
      enter(slots, at('192.0.2.1')),
      enter(slots, at(null), 60_000),
    ];
    const resting = slots.rest(60_000);
    stopper.abort();
    expect(await Promise.all(waiting.map(({ done }) => done))).toEqual([false, false, false]);
    expect(await resting).toBe(false);
    expect(await slots.enter(at('192.0.2.1'))).toBe(false);
    expect(await slots.rest(1)).toBe(false);
  });

  it('have no more in than there is room for, whoever comes and goes', async () => {
    const { slots } = open(7, 3);
    let inside = 0;
    let most = 0;
    let left = 400;
    await new Promise<void>((resolve) => {
      const pump = (): void => {
        while (left > 0 && slots.hasRoom) {
          left -= 1;
          slots.begin();
          void visit(at(`192.0.2.${left % 5}`));
        }
      };
      let open = 400;
      const visit = async (endpoint: Endpoint): Promise<void> => {
        await slots.enter(endpoint, left % 17 === 0 ? 1 : 0);
        inside += 1;
        most = Math.max(most, inside);
        await settle();
        inside -= 1;
        slots.leave(endpoint);
        slots.end();
        open -= 1;
        if (open === 0) resolve();
        else pump();
      };
      slots.listen(pump);
      pump();
    });
    expect(most).toBe(7);
  });
});
