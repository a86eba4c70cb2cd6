import { describe, expect, it } from 'vitest';
import { ProgressTracker } from '../../../src/scan/engine/progress-tracker.js';
import type { Slice } from '../../../src/scan/engine/slice.js';
import { makeSliceSource, sizeSlices } from '../../../src/scan/engine/slice-source.js';

function takeAll(source: ReturnType<typeof makeSliceSource>): number[][] {
  const all: number[][] = [];
  for (;;) {
    const slice = source.take();
    if (slice === null) return all;
    if (slice === 'later') throw new Error('nothing may be out');
    all.push([...slice.places]);
  }
}

describe('makeSliceSource', () => {
  it('hands out every place once, in the order of the plan', () => {
    const source = makeSliceSource(10, 4, new ProgressTracker('plan', 10, null));
    expect(takeAll(source)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  it('leaves out what is done, and slices of which all is', () => {
    const before = new ProgressTracker('plan', 20, null);
    for (const place of [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15]) before.mark(place, 1);
    const source = makeSliceSource(20, 4, new ProgressTracker('plan', 20, before.snapshot()));
    expect(takeAll(source)).toEqual([
      [9, 11],
      [16, 17, 18, 19],
    ]);
  });

  it('hands out what was given back before all else', () => {
    const source = makeSliceSource(4, 2, new ProgressTracker('plan', 4, null));
    const slice: Slice = { places: Float64Array.of(7), deaths: 2 };
    source.take();
    source.giveBack(slice);
    expect(source.take()).toBe(slice);
    expect(takeAll(source)).toEqual([[2, 3]]);
  });

  it('waits when the fastest is too far ahead of the slowest', () => {
    const tracker = new ProgressTracker('plan', 64, null);
    const source = makeSliceSource(64, 8, tracker, 16);
    source.take();
    source.take();
    expect(source.take()).toBe('later');
    for (let place = 8; place < 16; place++) tracker.mark(place, 1);
    expect(source.take()).toBe('later');
    for (let place = 0; place < 8; place++) tracker.mark(place, 1);
    expect(source.take()).toMatchObject({ places: Float64Array.of(16, 17, 18, 19, 20, 21, 22, 23) });
  });
});

describe('sizeSlices', () => {
  it.each([
    [10, 1, 16],
    [1000, 2, 63],
    [1_000_000, 2, 1024],
  ])('gives %d entries and %d workers slices of %d', (planSize, workers, entries) => {
    expect(sizeSlices(planSize, workers)).toBe(entries);
  });
});
