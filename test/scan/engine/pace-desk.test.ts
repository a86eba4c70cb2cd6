import { describe, expect, it } from 'vitest';
import { makePaceDesk } from '../../../src/scan/engine/pace-desk.js';
import { createPauseGate } from '../../../src/scan/pace/pause-gate.js';

function open() {
  const gate = createPauseGate();
  const told: string[] = [];
  let stops = 0;
  const desk = makePaceDesk(
    gate,
    ({ kind }) => told.push(kind),
    () => {
      stops += 1;
    },
  );
  return { desk, gate, told, stops: () => stops };
}

describe('a pace desk', () => {
  it('tells once that the network is away, and goes on when all see it again', () => {
    const { desk, gate, told } = open();
    desk.hear(0, { kind: 'network-away' });
    desk.hear(1, { kind: 'network-away' });
    expect(gate.reasons).toEqual(['network away']);
    desk.hear(0, { kind: 'network-back' });
    expect(gate.isOpen).toBe(false);
    desk.hear(1, { kind: 'network-back' });
    expect(gate.isOpen).toBe(true);
    expect(told).toEqual(['network-away', 'network-back']);
  });

  it('does not wait for what a worker that is gone waited for', () => {
    const { desk, gate } = open();
    desk.hear(3, { kind: 'network-away' });
    desk.leave(2);
    expect(gate.isOpen).toBe(false);
    desk.leave(3);
    expect(gate.isOpen).toBe(true);
  });

  it('tells of a limit once, and stops when nothing comes about any more', () => {
    const { desk, told, stops } = open();
    desk.hear(0, { kind: 'local-limit', code: 'EMFILE' });
    desk.hear(1, { kind: 'local-limit', code: 'EMFILE' });
    expect(told).toEqual(['local-limit']);
    expect(desk.stuckFor).toBeNull();
    desk.hear(0, { kind: 'stuck', code: 'EMFILE' });
    expect(desk.stuckFor).toBe('EMFILE');
    expect(stops()).toBe(1);
  });
});
