import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgressTracker } from '../../../src/scan/engine/progress-tracker.js';

describe('ProgressTracker', () => {
  it('knows what is done in whatever order, and goes on from what it has told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }).chain((size) =>
          fc.record({
            size: fc.constant(size),
            order: fc.shuffledSubarray(Array.from({ length: size }, (_, place) => place)),
            restarts: fc.integer({ min: 1, max: 60 }),
          }),
        ),
        ({ order, restarts, size }) => {
          let tracker = new ProgressTracker('plan', size, null);
          for (const [index, place] of order.entries()) {
            if (index % restarts === 0) tracker = new ProgressTracker('plan', size, tracker.snapshot());
            tracker.mark(place, 1 + (place % 3));
          }
          const done = new Set(order);
          const told = new ProgressTracker('plan', size, tracker.snapshot());
          for (let place = 0; place < size; place++) {
            expect(tracker.isDone(place)).toBe(done.has(place));
            expect(told.isDone(place)).toBe(done.has(place));
          }
          expect(told.entriesDone).toBe(order.length);
          expect(told.snapshot()).toEqual(tracker.snapshot());
          expect(tracker.snapshot().extra).toBe(order.reduce((sum, place) => sum + (place % 3), 0));
        },
      ),
    );
  });

  it('keeps no more than what lies between the slowest and the fastest', () => {
    const size = 10_000_000;
    const tracker = new ProgressTracker('plan', size, null);
    for (let place = 0; place < 204_800; place++) tracker.mark(place ^ 64, 1);
    expect(tracker.snapshot()).toEqual({
      planDigest: 'plan',
      doneBefore: 204_800,
      doneBeyond: new Uint8Array(),
      extra: 0,
    });
  });

  it('counts an entry that is marked twice once', () => {
    const tracker = new ProgressTracker('plan', 10, null);
    tracker.mark(3, 1);
    tracker.mark(3, 1);
    expect(tracker.entriesDone).toBe(1);
  });

  it('tells a whole plan by its size alone', () => {
    const tracker = new ProgressTracker('plan', 3, null);
    for (const place of [2, 0, 1]) tracker.mark(place, 1);
    expect(tracker.snapshot()).toMatchObject({ doneBefore: 3, doneBeyond: new Uint8Array() });
  });
});
