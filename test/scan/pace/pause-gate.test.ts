import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPauseGate, type PauseReason } from '../../../src/scan/pace/pause-gate.js';

const { signal } = new AbortController();

describe('a pause gate', () => {
  it('is open at first', async () => {
    const gate = createPauseGate();
    expect(gate).toMatchObject({ isOpen: true, reasons: [] });
    await gate.opened(signal);
  });

  it('opens when the last reason is gone, for everybody', async () => {
    const gate = createPauseGate();
    gate.pause('user');
    gate.pause('network away');
    let through = 0;
    const waiting = Promise.all(
      Array.from({ length: 100 }, () => gate.opened(signal).then(() => (through += 1))),
    );
    gate.resume('user');
    await turn();
    expect({ through, reasons: gate.reasons }).toEqual({ through: 0, reasons: ['network away'] });
    gate.resume('network away');
    await waiting;
    expect(gate.isOpen).toBe(true);
  });

  it('holds those who have not come through when it is shut again', async () => {
    const gate = createPauseGate();
    gate.pause('user');
    let isThrough = false;
    const waiting = gate.opened(signal).then(() => {
      isThrough = true;
    });
    gate.resume('user');
    gate.pause('quiet hours');
    await turn();
    expect(isThrough).toBe(false);
    gate.resume('quiet hours');
    await waiting;
  });

  it('counts a reason once', () => {
    const gate = createPauseGate();
    gate.pause('user');
    gate.pause('user');
    gate.resume('user');
    expect(gate.isOpen).toBe(true);
    gate.resume('user');
    expect(gate.isOpen).toBe(true);
  });

  it('lets everybody go when the signal aborts, and stays shut', async () => {
    const gate = createPauseGate();
    const stopper = new AbortController();
    gate.pause('network away');
    const waiting = Promise.all([gate.opened(stopper.signal), gate.opened(stopper.signal)]);
    stopper.abort();
    await waiting;
    await gate.opened(stopper.signal);
    expect(gate.isOpen).toBe(false);
  });

  it('tells listeners of each change until they have heard enough', () => {
    const gate = createPauseGate();
    const heard: (readonly PauseReason[])[] = [];
    const forget = gate.onChange((reasons) => heard.push(reasons));
    gate.pause('user');
    gate.pause('user');
    gate.pause('quiet hours');
    gate.resume('user');
    gate.resume('network away');
    forget();
    gate.resume('quiet hours');
    expect(heard).toEqual([['user'], ['user', 'quiet hours'], ['quiet hours']]);
  });
});
